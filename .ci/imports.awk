# awk -f .ci/imports.awk FILES.cs: usings are sorted, System's first, then the static ones, then other names for types; what isn't
# is printed, and it fails. All else that `dotnet format` knows is an error of the build or of `dotnet format whitespace`.
function sortkey(line, kind) {
    kind = line ~ /=/ ? 2 : line ~ /^(global )?using static / ? 1 : 0
    sub(/^(global )?using (static )?/, "", line)
    if (kind < 2) kind = kind (line ~ /^System[.;]/ ? 0 : 1)
    gsub(/;.*/, "", line)
    gsub(/\./, "\001", line) # a shorter name is before the longer ones that it begins
    return kind tolower(line)
}
FNR == 1 { last = "" }
/^(global )?using [A-Za-z_][A-Za-z0-9_.]*( = [^;]+)?;/ || /^(global )?using static / {
    now = sortkey($0)
    if (now < last) { print FILENAME ":" FNR ": " $0 " is not in its place"; wrong = 1 }
    last = now
    next
}
{ last = "" }
END { exit wrong }

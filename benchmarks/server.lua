-- PUTs of 10 KiB under random hex ids, for wrk. BENCH_LAYOUT=dav spells the directories of the layout into the URL, so that
-- nginx makes the same ones; BENCH_PREFIX is the path before the id.
local prefix = os.getenv("BENCH_PREFIX")
local dav = os.getenv("BENCH_LAYOUT") == "dav"
local body = string.rep("0123456789abcdef", 640)
local seeded = false

local function seed()
  local urandom = io.open("/dev/urandom", "rb")
  local a, b, c = urandom:read(3):byte(1, 3)
  urandom:close()
  math.randomseed(a * 65536 + b * 256 + c)
  seeded = true
end

request = function()
  if not seeded then seed() end
  local id = string.format("%08x%08x%08x%08x", math.random(0, 0x7fffffff) * 2 + math.random(0, 1), math.random(0, 0x7fffffff),
    math.random(0, 0x7fffffff), math.random(0, 0x7fffffff))
  local path = prefix .. id
  if dav then path = prefix .. id:sub(1, 1) .. "/" .. id:sub(1, 3) .. "/" .. id:sub(1, 6) .. "/" .. id end
  return wrk.format("PUT", path, nil, body)
end

-- A request that finds no worker at all waits for one, as one that finds all of them busy does: a single worker that
-- crashed is back in less than a second. nbsrv would count the server by which it came here, so each worker is asked for.

local pause_ms = 20
local patience_ms = 10000

local function has_worker(txn)
    for number = 1, math.huge do
        local exists, is_up = pcall(txn.f.srv_is_up, txn.f, "workers/w" .. number)
        if not exists then return false end
        if is_up == 1 or is_up == true then return true end
    end
end

core.register_action("wait_for_worker", { "http-req" }, function(txn)
    for _ = 1, patience_ms / pause_ms do
        if has_worker(txn) then return end
        core.msleep(pause_ms)
    end
    txn:done(txn:reply({ status = 503, headers = { ["retry-after"] = { "1" } } }))
end)

-- A request that finds no worker at all waits for one, as one that finds all of them busy does: a single worker that
-- crashed is back in less than a second. Asked for by service.cfg only while there is none.

local pause_ms = 20
local patience_ms = 10000

core.register_action("wait_for_worker", { "http-req" }, function(txn)
    for _ = 1, patience_ms / pause_ms do
        if txn.f:nbsrv("workers") > 0 then return end
        core.msleep(pause_ms)
    end
end)

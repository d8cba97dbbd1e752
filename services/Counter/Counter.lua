-- One tuple: {1, granted}. Run at the beginning of every connection, so all of it does no harm when it is there.
local counter = box.schema.space.create('counter', {
    if_not_exists = true,
    format = { { 'id', 'unsigned' }, { 'granted', 'unsigned' } },
})
counter:create_index('id', { if_not_exists = true, parts = { 'id' } })
if counter:get(1) == nil then counter:insert { 1, 0 } end

-- Gives what was granted before, and how many are granted now; cap is nil for no end. Nothing yields between the look and
-- the change in memory, and the answer goes out when the change is in the log.
function counter_take(wanted, cap)
    local granted = box.space.counter:get(1).granted
    local count = wanted
    if cap ~= nil then count = math.max(0, math.min(wanted, cap - granted)) end
    if count > 0 then box.space.counter:update(1, { { '+', 2, count } }) end
    return granted, count
end

function counter_read()
    return box.space.counter:get(1).granted
end

function counter_write(granted)
    box.space.counter:replace { 1, granted }
end

-- Run at the beginning of every connection, so all of it does no harm when it is there.
local messages = box.schema.space.create('messages', {
    if_not_exists = true,
    format = {
        { 'first_user', 'uuid' }, -- of the two the one that is less
        { 'second_user', 'uuid' },
        { 'created_us', 'unsigned' }, -- since 1970
        { 'id', 'uuid' },
        { 'from_user', 'uuid' },
        { 'message_id', 'string', is_nullable = true }, -- the sender's own, if given
        { 'text', 'string' },
    },
})
messages:create_index('newest', { if_not_exists = true, parts = { 'first_user', 'second_user', 'created_us', 'id' } })
messages:create_index('once', {
    if_not_exists = true,
    parts = { { 'from_user' }, { 'message_id', is_nullable = true } }, -- where it is null nothing is unique
})

-- A tuple is seen by others before it is in the log. The log has the order of creation, so one number tells what is in there:
-- nothing later than `logged_us` is shown to anybody. What is found when the server starts is in the log.
if rawget(_G, 'dialogs_clock') == nil then
    local latest = 0
    for _, message in messages:pairs() do latest = math.max(latest, tonumber(message.created_us)) end
    rawset(_G, 'dialogs_clock', { given_us = latest, logged_us = latest })
end
local clock = rawget(_G, 'dialogs_clock')
local time = require('clock')

-- One that no message has yet, also when the system's clock is set back.
local function next_us()
    clock.given_us = math.max(clock.given_us + 1, math.floor(time.time() * 1e6))
    return clock.given_us
end

-- Gives the dialog, the time and the id of the message; for a message id that its sender has used before, those of the first.
function dialogs_send(first, second, id, from, message_id, text)
    if message_id ~= nil then
        local sent = box.space.messages.index.once:get { from, message_id }
        if sent ~= nil then
            -- Its own write may still be under way: one behind it is done when it is.
            if sent.created_us > clock.logged_us then box.space.messages:replace(sent) end
            return sent.first_user, sent.second_user, sent.created_us, sent.id
        end
    end
    local created_us = next_us()
    box.space.messages:insert { first, second, created_us, id, from, message_id, text }
    clock.logged_us = math.max(clock.logged_us, created_us)
    return first, second, created_us, id
end

-- The newest messages of a dialog, or those before one.
function dialogs_list(first, second, most, before_us, before_id)
    local key, iterator = { first, second, clock.logged_us }, 'LE'
    if before_us ~= nil and before_us <= clock.logged_us then
        key, iterator = { first, second, before_us, before_id }, 'LT'
    end
    local page = box.space.messages.index.newest:select(key, { iterator = iterator, limit = most })
    -- The index goes on with the dialog before.
    while #page > 0 and (page[#page].first_user ~= first or page[#page].second_user ~= second) do page[#page] = nil end
    return page
end

function dialogs_count()
    return box.space.messages:len()
end

function dialogs_reset()
    box.space.messages:truncate()
end

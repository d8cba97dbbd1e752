-- Packs, stickers, the tokens that were spent, and one key. Run at the beginning of every connection, so all of it does no
-- harm when it is there. A sticker's rating is plus less minus; each function that changes one changes them in one update.
local function space(name, format, parts)
    local made = box.schema.space.create(name, { if_not_exists = true, format = format })
    made:create_index('id', { if_not_exists = true, parts = parts })
    return made
end

space('packs', { { 'id', 'unsigned' }, { 'name', 'string' } }, { 'id' })
local stickers = space('stickers', {
    { 'id', 'unsigned' }, { 'pack', 'unsigned' }, { 'name', 'string' }, { 'comment', 'string' },
    { 'plus', 'unsigned' }, { 'minus', 'unsigned' }, { 'rating', 'integer' },
}, { 'id' })
stickers:create_index('rating', { if_not_exists = true, unique = false, parts = { 'rating', 'id' } })
stickers:create_index('pack', { if_not_exists = true, unique = false, parts = { 'pack', 'id' } })
local spent = space('spent', { { 'token', 'uuid' }, { 'expires', 'unsigned' } }, { 'token' })
spent:create_index('expires', { if_not_exists = true, unique = false, parts = { 'expires' } })
space('keys', { { 'id', 'unsigned' }, { 'bytes', 'string' } }, { 'id' })

-- What a caller reads: id, pack's name, name, comment, plus, minus, rating.
local function shown(sticker)
    return { sticker.id, box.space.packs:get(sticker.pack).name, sticker.name, sticker.comment, sticker.plus, sticker.minus, sticker.rating }
end

local function shown_all(tuples)
    local rows = {}
    for _, tuple in ipairs(tuples) do table.insert(rows, shown(tuple)) end
    return rows
end

-- Ids are 1 to the number of stickers, without gaps.
local function pair()
    local count = box.space.stickers:len()
    local first, second = math.random(count), math.random(count - 1)
    if second >= first then second = second + 1 end
    return { shown(box.space.stickers:get(first)), shown(box.space.stickers:get(second)) }
end

-- The page's whole visit to the store: two stickers that are not the same.
function stickers_pair()
    return pair()
end

-- Best or worst first.
function stickers_ranked(is_best, count)
    local order = is_best and 'LE' or 'GE'
    return shown_all(box.space.stickers.index.rating:select({}, { iterator = order, limit = count }))
end

-- A vote and the next page's two stickers: whether it counted, the sticker as it is now, the pair. The token is spent with
-- the vote or not at all. What expired long ago can't be spent again, so each vote clears two such rows away.
function stickers_vote(token, id, is_plus, expires, forgotten)
    local counted = false
    box.begin()
    if box.space.spent:get(token) == nil and box.space.stickers:get(id) ~= nil then
        box.space.spent:insert { token, expires }
        if is_plus then
            box.space.stickers:update(id, { { '+', 'plus', 1 }, { '+', 'rating', 1 } })
        else
            box.space.stickers:update(id, { { '+', 'minus', 1 }, { '-', 'rating', 1 } })
        end
        for _, old in ipairs(box.space.spent.index.expires:select({ forgotten }, { iterator = 'LT', limit = 2 })) do
            box.space.spent:delete(old.token)
        end
        counted = true
    end
    box.commit()
    local voted = box.space.stickers:get(id)
    return counted, voted and shown(voted), pair()
end

-- Packs, stickers, plus, minus, spent tokens that are still kept.
function stickers_count()
    local plus, minus = 0, 0
    for _, sticker in box.space.stickers:pairs() do
        plus, minus = plus + sticker.plus, minus + sticker.minus
    end
    return { box.space.packs:len(), box.space.stickers:len(), plus, minus, box.space.spent:len() }
end

function stickers_packs()
    local rows = {}
    for _, pack in box.space.packs:pairs() do table.insert(rows, { pack.id, pack.name }) end
    return rows
end

function stickers_of_pack(pack)
    return shown_all(box.space.stickers.index.pack:select { pack })
end

function stickers_find(id)
    local sticker = box.space.stickers:get(id)
    return sticker and shown(sticker)
end

-- The key that all processes sign with: the first one that is offered stays.
function stickers_key(offered)
    if box.space.keys:get(1) == nil then box.space.keys:insert { 1, offered } end
    return box.space.keys:get(1).bytes
end

-- Fills what is not there: packs are {id, name}, stickers {id, pack, name, comment}.
function stickers_fill(packs, rows)
    box.begin()
    for _, pack in ipairs(packs) do
        if box.space.packs:get(pack[1]) == nil then box.space.packs:insert(pack) end
    end
    for _, row in ipairs(rows) do
        if box.space.stickers:get(row[1]) == nil then box.space.stickers:insert { row[1], row[2], row[3], row[4], 0, 0, 0 } end
    end
    box.commit()
end

-- No votes. Ratings go in one transaction; spent tokens, which may be many, a thousand at a time.
function stickers_reset()
    box.begin()
    for _, sticker in box.space.stickers:pairs() do
        if sticker.plus > 0 or sticker.minus > 0 then
            box.space.stickers:update(sticker.id, { { '=', 'plus', 0 }, { '=', 'minus', 0 }, { '=', 'rating', 0 } })
        end
    end
    box.commit()
    for _, name in ipairs { 'spent', 'naive_tokens', 'naive_sessions', 'naive_views' } do
        local rows = box.space[name]
        while rows:len() > 0 do
            box.begin()
            for _, row in ipairs(rows:select({}, { limit = 1000 })) do rows:delete(row[1]) end
            box.commit()
        end
    end
end

-- What --naive asks for, one call after the other, as the original did: it keeps tokens, sessions and a count of views.
space('naive_tokens', { { 'token', 'string' }, { 'sticker', 'unsigned' } }, { 'token' })
space('naive_sessions', { { 'id', 'uuid' }, { 'agent', 'string' }, { 'views', 'unsigned' } }, { 'id' })
space('naive_views', { { 'page', 'string' }, { 'views', 'unsigned' } }, { 'page' })

function stickers_naive_random()
    return shown(box.space.stickers:get(math.random(box.space.stickers:len())))
end

function stickers_naive_token(sticker)
    return require('digest').md5_hex(('%d %f %d'):format(sticker, require('clock').time(), math.random(2 ^ 31)))
end

function stickers_naive_keep_token(token, sticker)
    box.space.naive_tokens:replace { token, sticker }
end

function stickers_naive_session()
    return require('uuid').new()
end

function stickers_naive_keep_session(id, agent)
    box.space.naive_sessions:upsert({ id, agent, 1 }, { { '+', 'views', 1 } })
end

function stickers_naive_count(page)
    box.space.naive_views:upsert({ page, 1 }, { { '+', 'views', 1 } })
end

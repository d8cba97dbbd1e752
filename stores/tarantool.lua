-- Run by stores/tarantool: DIR PORT WAL_MODE [SCHEMA.lua].
local dir, port, wal_mode, schema = unpack(arg)

local function set_up()
    box.cfg {
        work_dir = dir,
        wal_mode = wal_mode,
        memtx_memory = 1024 * 1024 * 1024,
        -- The defaults (768 messages at once, 16 KiB a read) stop reading from N processes that send their calls together.
        net_msg_max = 32768,
        readahead = 1024 * 1024,
    }
    -- The services' own user: it makes and uses spaces and functions. Guests, who need no password, may do nothing.
    box.schema.user.create('service', { password = 'service', if_not_exists = true })
    box.schema.user.grant('service', 'read,write,execute,create,alter,drop', 'universe', nil, { if_not_exists = true })
    if schema ~= nil and schema ~= '' then dofile(schema) end
    box.cfg { listen = '127.0.0.1:' .. port } -- last: whoever gets in finds everything
end

local done, failure = pcall(set_up)
if not done then
    io.stderr:write(tostring(failure), '\n')
    os.exit(1)
end

"""The counter on the kind of stack that the original had: Starlette on uvicorn, redis-py. Run by counter.sh.

It asks the store once a request (INCR), where the original did twice, so it is the best that this stack can do; and it is
right, where the original granted numbers twice.
"""
import os

import redis.asyncio
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

LIMIT = 100
store = redis.asyncio.Redis.from_url(os.environ["STORE_URL"])


async def grant(request):
    number = await store.incr("peer:granted")
    if number <= LIMIT:
        return JSONResponse({"hello": "world", "request_num": number})
    return JSONResponse({"Go": "away!", "request_num": LIMIT})


app = Starlette(routes=[Route("/", grant)])

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, RedisError, TimeoutError
from redis.retry import Retry

from page_cache.breaker import Breaker, of_valkey

logger = logging.getLogger(__name__)

MOST_COUNTED_HERE = 20_000

type Method = Callable[..., Any]  # of Django's cache


def forgiving(fallback: object) -> Callable[[Method], Method]:
    """When the cache cannot be reached, log it and answer as an empty cache would."""

    def decorate(method: Method) -> Method:
        @wraps(method)
        def call(self: "ForgivingRedisCache", *args: Any, **kwargs: Any) -> Any:
            if not self.breaker.is_open():
                try:
                    value = method(self, *args, **kwargs)
                except (ConnectionError, TimeoutError, OSError) as error:
                    self.breaker.no_answer()
                    logger.warning("The cache does not answer: %s", error)
                except RedisError as error:  # it answers, and refuses: full, for instance
                    self.breaker.answered()
                    logger.warning("The cache refuses: %s", error)
                else:
                    self.breaker.answered()
                    return value
            if self.is_counted(args):
                return getattr(self.here, method.__name__)(*args, **kwargs)
            # get() is answered with the caller's own default, as for any key that is not there.
            if fallback is GIVEN_DEFAULT:
                return kwargs.get("default", args[1] if len(args) > 1 else None)
            return {} if fallback is dict else fallback

        return call

    return decorate


GIVEN_DEFAULT = object()


class ForgivingRedisCache(RedisCache):
    """A cache that may be gone or hang: a page is then slower, and nobody's page fails.

    What counts attempts must go on counting, or a lost cache would open the door to who guesses. Keys that begin with
    COUNTED (of the cache's settings) are then kept in this process: the limits stand, for each process by itself.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {
            # A connection that a restarted server forgot is made anew. Silence is never asked a second time.
            "retry": Retry(NoBackoff(), 1, supported_errors=(ConnectionError,)),
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})
        self.server = server
        self.counted = params.get("COUNTED")
        self.here = LocMemCache(
            f"counted here {server}", {"OPTIONS": {"MAX_ENTRIES": MOST_COUNTED_HERE, "CULL_FREQUENCY": 10}}
        )

    @property
    def breaker(self) -> Breaker:
        return of_valkey(self.server)

    def is_counted(self, args: tuple[Any, ...]) -> bool:
        return bool(self.counted and args and isinstance(args[0], str) and args[0].startswith(self.counted))

    get = forgiving(GIVEN_DEFAULT)(RedisCache.get)
    get_many = forgiving(dict)(RedisCache.get_many)
    set = forgiving(None)(RedisCache.set)
    set_many = forgiving(None)(RedisCache.set_many)
    add = forgiving(True)(RedisCache.add)
    touch = forgiving(False)(RedisCache.touch)
    delete = forgiving(False)(RedisCache.delete)
    delete_many = forgiving(None)(RedisCache.delete_many)
    has_key = forgiving(False)(RedisCache.has_key)
    incr = forgiving(1)(RedisCache.incr)

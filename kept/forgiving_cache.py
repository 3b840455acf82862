import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def forgiving(otherwise: Any) -> Callable:
    """When the cache cannot be reached, log it and answer as an empty cache would."""

    def decorate(method: Callable) -> Callable:
        @wraps(method)
        def call(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
            try:
                return method(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                logger.warning("The cache does not answer: %s", error)
                # get() is answered with the caller's own default, as for any key that is not there.
                if otherwise is GIVEN_DEFAULT:
                    return kwargs.get("default", args[1] if len(args) > 1 else None)
                return {} if otherwise is dict else otherwise

        return call

    return decorate


GIVEN_DEFAULT = object()


class ForgivingRedisCache(RedisCache):
    """A cache that may be gone: a page is then slower, and nobody's page fails."""

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

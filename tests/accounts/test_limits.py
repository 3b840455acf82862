import pytest

from accounts.limits import one_too_many

HERE, ELSEWHERE = "203.0.113.9", "203.0.113.77"


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_a_network_is_counted_by_itself_and_each_thing_by_itself(rf, method):
    def asks(kind, network=HERE):
        return one_too_many(getattr(rf, method)("/", REMOTE_ADDR=network), kind, "2/m/ip")

    assert [asks("hubs.knock") for _ in range(3)] == [False, False, True]
    assert not asks("proposals.knock")
    assert not asks("hubs.ring")
    assert not asks("hubs.knock", ELSEWHERE)


def test_a_key_is_counted_wherever_it_is_asked_from(rf):
    def asks(key, network):
        return one_too_many(rf.get("/", REMOTE_ADDR=network), "hubs.knock", "9/h/ip,2/h/key", key=key)

    assert [asks("amina", network) for network in (HERE, ELSEWHERE, HERE)] == [False, False, True]
    assert not asks("ben", HERE)

"""One page, opened by somebody who was never here, on a slow line."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

# Not a measure of speed: on a busy machine a page that is well may take its time.
PATIENCE_MILLISECONDS = 180_000
# A phone's line on a bad day: fonts arrive after the words, so that a page that would jump does jump.
SLOW_LINE = {
    "offline": False,
    "latency": 80,
    "downloadThroughput": 2_000_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
# Layout shifts, and what held up the first paint, as the browser tells it:
# https://wicg.github.io/layout-instability/ and https://www.w3.org/TR/resource-timing/ (renderBlockingStatus).
WHAT_THE_BROWSER_SAW = """
async () => {
  await document.fonts.ready;
  await new Promise(resolve => setTimeout(resolve, 300));
  const shifts = await new Promise(resolve => {
    const observer = new PerformanceObserver(list => resolve(list.getEntries()));
    observer.observe({type: "layout-shift", buffered: true});
    setTimeout(() => resolve(observer.takeRecords()), 300);
  });
  return {
    shift: shifts.reduce((sum, shift) => sum + shift.value, 0),
    moved: shifts.flatMap(shift => shift.sources.map(
      source => source.node ? `${source.node.nodeName.toLowerCase()}.${source.node.className || ""}` : "?")),
    blocking: performance.getEntriesByType("resource")
      .filter(entry => entry.renderBlockingStatus === "blocking").map(entry => entry.name),
  };
}
"""


@dataclass
class Weight:
    """What one first visit moved. Bytes are those on the line: compressed, with the headers of the answers."""

    page: str
    width: int
    bytes: int = 0
    script_bytes: int = 0
    font_bytes: int = 0
    requests: int = 0
    blocking: list[str] = field(default_factory=list)
    layout_shift: float = 0
    moved: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    policy: str = ""
    largest: list[tuple[int, str]] = field(default_factory=list)


def weigh(browser: Browser, home: str, address: str, *, width: int) -> Weight:
    """Open the page at `home` + `address` with an empty cache and wait until all of it is there."""
    context = browser.new_context(base_url=home, viewport={"width": width, "height": 900})
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        weight = Weight(page=address, width=width)
        listen(page, home, weight)
        answer = page.goto(address, wait_until="networkidle")
        assert answer, f"{address} gave no answer"
        if answer.status != 200:
            weight.complaints.append(f"{address} answered {answer.status}")
        weight.policy = answer.headers.get("content-security-policy", "")
        seen = page.evaluate(WHAT_THE_BROWSER_SAW)
        weight.layout_shift, weight.moved = seen["shift"], seen["moved"]
        weight.blocking = [path_of(name) for name in seen["blocking"]]
        weight.largest.sort(reverse=True)
        return weight
    finally:
        context.close()


def listen(page: Page, home: str, weight: Weight) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.send("Network.emulateNetworkConditions", SLOW_LINE)
    asked: dict[str, tuple[str, str]] = {}

    def began(event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if url.startswith("data:"):
            return
        asked[event["requestId"]] = event.get("type", ""), url
        weight.requests += 1
        if not url.startswith(home):
            weight.elsewhere.append(url)

    def ended(event: dict[str, Any]) -> None:
        kind, url = asked.get(event["requestId"], ("", ""))
        size = int(event["encodedDataLength"])
        weight.bytes += size
        weight.largest.append((size, path_of(url)))
        if kind == "Script":
            weight.script_bytes += size
        if kind == "Font":
            weight.font_bytes += size

    devtools.on("Network.requestWillBeSent", began)
    devtools.on("Network.loadingFinished", ended)
    page.on("pageerror", lambda error: weight.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: weight.complaints.append(message.text) if message.type == "error" else None,
    )
    page.on("requestfailed", lambda request: weight.complaints.append(f"{request.url} failed"))


def path_of(url: str) -> str:
    return urlsplit(url).path


def as_json(weights: list[Weight]) -> str:
    return json.dumps([vars(weight) for weight in weights])

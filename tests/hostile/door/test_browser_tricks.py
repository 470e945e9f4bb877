"""What a browser could be led to: into a frame, to another site, to a header that somebody wrote into a value."""

from urllib.parse import quote, unquote

from core.web.answer import disposition

ELSEWHERE = [
    "//evil.example", "///evil.example", "\\\\evil.example", "/\\evil.example", "\\/evil.example", "https://evil.example",
    "https:evil.example", "https:/evil.example", "javascript:alert(1)", "data:text/html,x", " //evil.example", "/\t/evil.example",
    "/\n/evil.example", "\t//evil.example", "/\r\n//evil.example", "//evil.example%2f..", "／／evil.example", "evil.example", "?//evil.example",
    "/\x0b/evil.example", "/\u2028/evil.example", "//evil。example", "/a\r\nSet-Cookie: evil=1", "/a\nLocation: //evil.example", "@evil.example",
]  # fmt: skip
INJECTED = "x\r\nX-Evil: 1\r\n\r\n<script>"


def ours(address):
    """Tell whether a browser stays with us: one slash, then neither slash nor backslash, and nothing it would strip."""
    return (
        address.startswith("/")
        and address[1:2] not in ("/", "\\")
        and address.isascii()
        and address.isprintable()
    )


def told_apart(told):
    """Return the names of an answer's headers."""
    return {line.partition(":")[0].lower() for line in told.head.split("\r\n")[1:]}


def test_no_answer_of_any_kind_goes_into_another_sites_frame(served):
    """Pages, errors of the gate and before it, files of ours, the API, the operators' addresses, the server's own words."""
    judge = {"as_": "reviewer"}
    answers = [
        served.get("/login"), served.get("/", **judge), served.get("/m/filing/", **judge), served.get("/m/none/", **judge),
        served.get("/admin/people", **judge), served.get("/login?a=%ff"), served.get("/verify/x"), served.get("/"), served.get("/%00"),
        served.form("/login", {"username": "x", "password": "y"}), served.form("/login", b"a" * 20_000), served.ask("PUT", "/login"),
        served.get("/static/app.css"), served.get("/static/none"), served.get("/healthz"), served.get("/readyz"), served.get("/metrics"),
        served.call("GET", "kinds"), served.call("GET", "none"), served.get("/api/v1/openapi.json"),
        served.send(b"nonsense\r\n\r\n"), served.send(b"GET / HTTP/1.1\r\nno colon\r\n\r\n"), served.get("/" + "a" * 70_000),
    ]  # fmt: skip
    assert {one.status for one in answers} >= {200, 303, 400, 403, 404, 405, 413, 414}
    for told in answers:
        assert told.header("X-Frame-Options") == "DENY", told.head
        assert "frame-ancestors 'none'" in told.header("Content-Security-Policy"), told.head
        assert told.header("X-Content-Type-Options") == "nosniff", told.head


def test_no_parameter_leads_to_another_site(served):
    """``next`` before and after the log-in and when already inside, ``back`` of the language switch, and the way in itself."""
    for target in ELSEWHERE:
        asked = quote(target.encode(), safe="")
        inside = served.get(f"/login?next={asked}", as_="reviewer")
        switched = served.form("/language", {"language": "en", "back": target})
        entered = served.form(
            "/login", {"username": "clerk", "password": "Fictional-Court-1", "next": target}
        )
        for told in (inside, switched, entered):
            assert told.status == 303, (target, told.head)
            assert ours(told.header("Location")), (target, told.header("Location"))
            assert "evil" not in told_apart(told)
            assert "evil=1" not in told.header("Set-Cookie")
        form = served.get(f"/login?next={asked}").text
        kept = form.partition('name="next" value="')[2].partition('"')[0]
        assert ours(kept), (target, kept)
    for path in (
        "//evil.example/",
        "/%5cevil.example",
        "/%2f%2fevil.example",
        "/\\evil.example",
        "//evil.example/%2e%2e",
    ):
        told = served.get(path)
        if told.status == 303:
            assert told.header("Location").startswith("/login")
            following = unquote(told.header("Location").partition("next=")[2])
            entered = served.form(
                "/login", {"username": "clerk", "password": "Fictional-Court-1", "next": following}
            )
            assert ours(entered.header("Location")), (path, entered.header("Location"))


def test_the_name_by_which_we_were_asked_is_in_no_answer(served):
    """A link made from ``Host`` would lead whoever gets a kept copy of the page to another site."""
    forged = b"Host: evil.example\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\nX-Original-URL: /evil.example\r\n"
    for path in (
        "/login",
        "/",
        "/m/filing/",
        "/m/filing",
        "/verify/x",
        "/nothing",
        "/static/none",
        "/api/v1/openapi.json",
        "/healthz",
    ):
        cookie = b"Cookie: " + served.session("reviewer") + b"\r\n"
        told = served.send(
            f"GET {path} HTTP/1.1\r\n".encode() + forged + cookie + b"Connection: close\r\n\r\n"
        )
        assert b"evil.example" not in told.body, path
        assert "evil.example" not in told.head, path
    refused = served.send(b"GET https://evil.example/login HTTP/1.1\r\n" + forged + b"\r\n")
    assert refused.status == 400
    assert b"evil.example" not in refused.body


def test_no_value_becomes_a_header(served):
    """Addresses, the language, the log-in, a request id, an idempotency key, an upload."""
    asked = quote(INJECTED, safe="")
    answers = [
        served.get(f"/{asked}"), served.get(f"/login?next={asked}"), served.get(f"/m/filing/?q={asked}", as_="reviewer"),
        served.form("/language", {"language": INJECTED, "back": "/"}), served.form("/language", {"language": "en", "back": f"/{INJECTED}"}),
        served.form("/login", {"username": INJECTED, "password": "x", "next": f"/{INJECTED}"}), served.get(f"/verify/{asked}?lang={asked}"),
        served.get(f"/m/filing/export?q={asked}", as_="reviewer"), served.get(f"/m/{asked}/{asked}/files/{asked}", as_="reviewer"),
        served.call("GET", f"applications/{asked}"), served.call("GET", f"changes?after={asked}"), served.call("PUT", f"files/{asked}", b"x"),
        served.get("/login", head=b"X-Request-ID: a%0d%0aX-Evil:1\r\nCookie: benchside_language=\"en\\015\\012X-Evil: 1\"\r\n"),
    ]  # fmt: skip
    for told in answers:
        assert told.status < 500, told.head
        assert "x-evil" not in told_apart(told), told.head
        assert "<script>" not in told.text


def test_a_header_with_a_line_end_in_it_never_leaves(serve):
    """Whatever a page, or a module's page, has put together."""

    def careless(environ, start_response):
        start_response(
            "200 OK", [("Content-Disposition", f"attachment; filename={INJECTED}"), ("Content-Length", "2")]
        )
        return [b"ok"]

    told = serve(careless).ask("GET", "/")
    assert told.status == 500
    assert b"X-Evil" not in told.body


def test_a_file_name_stays_in_its_header(serve):
    names = [
        INJECTED,
        'a"; filename="evil.html',
        "a\\",
        "\u202efdp.exe",
        "判决书.pdf",
        "a\x00b",
        "a;b=c",
        "../../etc/passwd",
    ]
    for name in names:

        def page(environ, start_response, name=name):
            start_response("200 OK", [("Content-Disposition", disposition(name)), ("Content-Length", "2")])
            return [b"ok"]

        told = serve(page).ask("GET", "/")
        assert told.status == 200
        assert told_apart(told) <= {"content-disposition", "content-length", "connection", "date", "server"}
        plain = told.header("Content-Disposition").partition('filename="')[2].partition('"; filename*=')[0]
        assert '"' not in plain
        assert "\\" not in plain
        assert unquote(told.header("Content-Disposition").partition("filename*=UTF-8''")[2]) == name

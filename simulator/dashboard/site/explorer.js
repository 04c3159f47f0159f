"use strict";
/* The page to hand on: draws what window.RESULTS holds. The address after # says what is shown. */
(() => {
  const DATA = window.RESULTS, PLOT = Bokeh.Plotting;
  const INK = "#1d2430", SOFT = "#566072", PALE = "#c3cad4", DEEP = "#0b3c66", BASE = "#6b6b6b", WITH = "#0072B2";
  const WORSE = "#D55E00", PALEST = [255, 244, 230], DARKEST = [166, 62, 8], CHAR = 6.9;
  const FONT = "Segoe UI, Helvetica Neue, Arial, Liberation Sans, DejaVu Sans, sans-serif";
  const state = { lang: DATA.lang, scene: "", lever: "", group: "all", place: "", layer: "loss" };
  const shown = new Map();
  const find = (id) => document.getElementById(id);

  /* Texts and numbers in the reader's language */
  const text = (key) => DATA.texts[key][state.lang];
  const say = (texts) => texts[state.lang];
  const colon = () => (state.lang === "fr" ? "\u00a0: " : ": ");
  const known = (value) => value !== null && value !== undefined;

  function decimals(effect) {
    if (!effect || !known(effect.low) || !known(effect.high) || effect.high <= effect.low) return null;
    const places = -Math.floor(Math.log10((effect.high - effect.low) / 2)), size = Math.abs(effect.change);
    return Math.max(-9, Math.min(6, places + (size && 10 ** -places > size / 2 ? 1 : 0))); // rounding hides no effect
  }

  function format(value, places = null, sign = false) {
    if (!known(value)) return "–";
    const options = { signDisplay: sign ? "exceptZero" : "auto" };
    if (places === null) options.maximumSignificantDigits = 3;
    else { options.minimumFractionDigits = options.maximumFractionDigits = Math.max(0, places); }
    const rounded = places !== null && places < 0 ? Math.round(value * 10 ** places) / 10 ** places : value;
    return new Intl.NumberFormat(state.lang, options).format(rounded).replace("-", "\u2212");
  }

  function formatInterval(effect) {
    if (!known(effect.low) || !known(effect.high)) return "–";
    const places = decimals(effect), gap = state.lang === "fr" ? " ; " : ", ";
    return `[${format(effect.low, places, true)}${gap}${format(effect.high, places, true)}]`;
  }

  function formatChance(chance) {
    if (!known(chance)) return "–";
    const percent = new Intl.NumberFormat(state.lang, { style: "percent" });
    if (chance > 0.99) return `> ${percent.format(0.99)}`;
    return chance < 0.01 ? `< ${percent.format(0.01)}` : percent.format(chance);
  }

  /* What is shown */
  const scene = () => DATA.scenes.find((one) => one.key === state.scene) || DATA.scenes[0];
  const leverIndex = () => Math.max(0, scene().levers.findIndex((one) => one.key === state.lever));
  const group = () => scene().groups.find((one) => one.key === state.group) || scene().groups[0];

  function readAddress() {
    const words = new URLSearchParams(location.hash.slice(1));
    for (const name of Object.keys(state)) if (words.has(name)) state[name] = words.get(name);
    settle();
  }

  function settle() {
    if (!DATA.langs.includes(state.lang)) state.lang = DATA.lang;
    state.scene = scene().key;
    state.lever = scene().levers[leverIndex()].key;
    state.group = group().key;
    const places = scene().map ? scene().map.places.map((one) => one.key) : [];
    if (!places.includes(state.place)) state.place = "";
    if (state.layer !== "change") state.layer = "loss";
  }

  function writeAddress() {
    const words = new URLSearchParams();
    for (const [name, value] of Object.entries(state)) if (value) words.set(name, value);
    const address = `#${words}`;
    find("link").setAttribute("href", address);
    try { history.replaceState(null, "", address); } catch { location.hash = address; }
  }

  function change(name, value) {
    state[name] = value;
    settle();
    writeAddress();
    draw();
  }

  /* Elements: every text goes in as text, never as markup */
  function make(tag, content = "", attributes = {}) {
    const element = document.createElement(tag);
    element.textContent = content;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  function fillSelect(id, pairs, value) {
    const select = find(id);
    select.replaceChildren(...pairs.map(([key, label]) => {
      const option = make("option", label, { value: key });
      option.selected = key === value;
      return option;
    }));
  }

  function makeTable(heads, rows) {
    const table = make("table"), head = make("thead"), body = make("tbody");
    const line = (tag, cells) => { const row = make("tr"); row.append(...cells.map((cell) => make(tag, cell, { scope: "col" }))); return row; };
    head.append(line("th", heads));
    for (const cells of rows) {
      const row = make("tr");
      row.append(make("th", cells[0], { scope: "row" }), ...cells.slice(1).map((cell) => make("td", cell)));
      body.append(row);
    }
    table.append(head, body);
    return table;
  }

  function addTable(section, heads, rows) {
    const before = section.querySelector("details"), open = before ? before.open : false;
    if (before) before.remove();
    const details = make("details"), scroll = make("div", "", { class: "scroll" });
    details.open = open;
    scroll.append(makeTable(heads, rows));
    details.append(make("summary", text("table")), scroll);
    section.querySelector(".chart").after(details);
  }

  /* Charts */
  function makeFigure(height, options = {}) {
    const figure = PLOT.figure({ height, sizing_mode: "stretch_width", toolbar_location: null, tools: [], min_border: 4,
      outline_line_color: null, output_backend: "svg", background_fill_color: "white", border_fill_color: "white", ...options });
    for (const grid of [figure.xgrid, figure.ygrid]) grid.grid_line_color = "#e7eaef";
    for (const axis of [figure.xaxis, figure.yaxis]) {
      axis.axis_label_text_font_style = "normal";
      axis.axis_label_text_font = axis.major_label_text_font = FONT;
      axis.axis_label_text_color = axis.major_label_text_color = SOFT;
      axis.axis_line_color = axis.major_tick_line_color = "#9aa6b5";
      axis.minor_tick_line_color = null;
    }
    return figure;
  }

  function setTicks(axis, low, high, most) {
    const rough = (high - low) / most, size = 10 ** Math.floor(Math.log10(rough));
    const step = size * ([1, 2, 2.5, 5, 10].find((one) => one * size >= rough) || 10);
    const ticks = [];
    for (let k = Math.ceil(low / step); k * step <= high; k += 1) ticks.push(Number((k * step).toPrecision(12)));
    axis.ticker = new Bokeh.FixedTicker({ ticks });
    axis.major_label_overrides = new Map(ticks.map((tick) => [tick, new Intl.NumberFormat(state.lang, { maximumSignificantDigits: 6 }).format(tick).replace("-", "\u2212")]));
  }

  const tickRoom = (id) => Math.max(3, Math.min(8, Math.floor(find(id).clientWidth / 90)));

  function setCaption(id, axis, names = []) {
    const section = find(id), before = section.querySelector(".axis"), caption = make("p", "", { class: "axis" });
    if (before) before.remove();
    caption.append(make("span", axis));
    names.forEach((name, k) => {
      const key = make("span", "", { class: "key" });
      key.append(make("i", "", { class: k ? "with" : "without" }), make("span", name));
      caption.append(key);
    });
    section.querySelector("h2").after(caption);
  }

  async function put(id, figure, description) {
    const box = find(id).querySelector(".chart");
    const ticket = (shown.get(id)?.ticket || 0) + 1, before = shown.get(id)?.views || [];
    shown.set(id, { ticket, views: before });
    const place = make("div", "", { role: "img", "aria-label": description });
    for (const view of [before].flat()) view.remove();
    box.replaceChildren(place);
    const views = await PLOT.show(figure, place);
    if (shown.get(id).ticket === ticket) shown.set(id, { ticket, views: [views].flat() });
    else for (const view of [views].flat()) view.remove();
  }

  const roomFor = (id) => Math.max(12, Math.floor((find(id).clientWidth - 20) / CHAR));
  const shorten = (label, most) => (label.length > most ? `${label.slice(0, most - 1)}…` : label);

  function spread(values) {
    const low = Math.min(0, ...values), high = Math.max(0, ...values), margin = 0.06 * (high - low || 1);
    return [low - margin, high + margin];
  }

  function drawDots(id, rows, axis) {
    const known_rows = rows.filter((row) => row.effect && known(row.effect.change)), n = known_rows.length;
    const ends = known_rows.flatMap(({ effect }) => [effect.change, effect.low ?? effect.change, effect.high ?? effect.change]);
    const [low, high] = spread(ends), most = roomFor(id);
    const figure = makeFigure(34 + 38 * n, { x_range: [low, high], y_range: [-0.7, n - 0.3] });
    figure.yaxis.visible = false;
    figure.ygrid.grid_line_color = null;
    setTicks(figure.xaxis, low, high, tickRoom(id));
    setCaption(id, axis);
    figure.add_layout(new Bokeh.Span({ location: 0, dimension: "height", line_color: INK, line_width: 1 }));
    const y = known_rows.map((_, k) => n - 1 - k);
    const colour = known_rows.map(({ effect, strong }) => (!strong ? SOFT : effect.change > 0 ? WORSE : WITH));
    const source = new Bokeh.ColumnDataSource({ data: { y, colour,
      x: known_rows.map(({ effect }) => effect.change), low: known_rows.map(({ effect }) => effect.low ?? effect.change),
      high: known_rows.map(({ effect }) => effect.high ?? effect.change),
      fill: known_rows.map(({ effect }, k) => (effect.sure ? colour[k] : "white")),
      above: y.map((value) => value + 0.34), start: y.map(() => low + 0.004 * (high - low)),
      label: known_rows.map(({ label }) => shorten(label, most)),
      width: known_rows.map(({ strong }) => (strong ? 3 : 1.6)), weight: known_rows.map(({ strong }) => (strong ? "bold" : "normal")) } });
    const field = (name) => ({ field: name });
    figure.segment({ x0: field("low"), x1: field("high"), y0: field("y"), y1: field("y"), source, line_color: field("colour"), line_width: field("width") });
    figure.scatter({ x: field("x"), y: field("y"), size: 11, source, line_color: field("colour"), line_width: 2, fill_color: field("fill") });
    figure.text({ x: field("start"), y: field("above"), text: field("label"), source, text_font: FONT, text_font_size: "12px", text_color: INK,
      text_baseline: "middle", text_font_style: field("weight") });
    put(id, figure, known_rows.map(({ label, effect }) => `${label} ${format(effect.change, decimals(effect), true)}`).join("; "));
    addTable(find(id), [text(id === "levers" ? "lever" : "group_name"), text("loss_without"), text("change"), text("interval"), text("chance")],
      rows.filter((row) => row.effect).map(({ label, effect }) => [label, format(effect.without), format(effect.change, decimals(effect), true),
        formatInterval(effect), formatChance(effect.chance)]));
  }

  function drawBands(id, bands, axis) {
    const days = scene().curves.days, ends = bands.flatMap((band) => [...band.low, ...band.high]);
    const [low, high] = id === "away" ? [0, 100] : [Math.min(...ends), Math.max(...ends)], margin = 0.04 * (high - low || 1);
    const figure = makeFigure(270, { y_range: [low - margin, high + margin] });
    figure.xaxis.axis_label = text("days");
    setTicks(figure.xaxis, 0, Math.max(...days), tickRoom(id));
    setTicks(figure.yaxis, low, high, 6);
    const names = [text("without"), say(scene().levers[leverIndex()].label)], colours = [BASE, WITH];
    bands.forEach((band, k) => {
      const x = days.slice(0, band.mean.length), source = new Bokeh.ColumnDataSource({ data: { x, ...band } });
      figure.varea({ x: { field: "x" }, y1: { field: "low" }, y2: { field: "high" }, source, fill_color: colours[k], fill_alpha: 0.14 });
      figure.line({ x: { field: "x" }, y: { field: "mean" }, source, line_color: colours[k], line_width: 2.4, line_dash: k ? "solid" : "dashed" });
    });
    setCaption(id, axis, names);
    put(id, figure, `${axis}: ${names.join(", ")}`);
    const every = Math.max(1, Math.ceil(days.length / 15));
    addTable(find(id), [text("day"), ...names], days.filter((_, k) => k % every === 0).map((day) => {
      const k = days.indexOf(day);
      return [format(day), ...bands.map((band) => (known(band.mean[k]) ? `${format(band.mean[k])} [${format(band.low[k])} – ${format(band.high[k])}]` : "–"))];
    }));
  }

  function drawSteps() {
    const arm = leverIndex() + 1, steps = scene().steps, n = steps.length, most = roomFor("steps");
    const end = 1.04 * Math.max(1, ...steps.flatMap((one) => [one.values[0], one.values[arm]]));
    const figure = makeFigure(34 + 42 * n, { x_range: [0, end], y_range: [-0.7, n - 0.4] });
    figure.yaxis.visible = false;
    figure.ygrid.grid_line_color = null;
    setTicks(figure.xaxis, 0, end, tickRoom("steps"));
    setCaption("steps", text("steps_axis"), [text("without"), say(scene().levers[arm - 1].label)]);
    const middle = steps.map((_, k) => n - 1 - k);
    [0, arm].forEach((column, k) => {
      const source = new Bokeh.ColumnDataSource({ data: { y: middle.map((y) => y + (k ? -0.3 : -0.08)), right: steps.map((one) => one.values[column]) } });
      figure.hbar({ y: { field: "y" }, right: { field: "right" }, left: 0, height: 0.2, source, fill_color: k ? WITH : PALE, line_color: k ? WITH : BASE });
    });
    const source = new Bokeh.ColumnDataSource({ data: { x: steps.map(() => 0), y: middle.map((y) => y + 0.22), text: steps.map((one) => shorten(`${say(one.label)}${colon()}${format(one.values[0])} → ${format(one.values[arm])}`, most)) } });
    figure.text({ x: { field: "x" }, y: { field: "y" }, text: { field: "text" }, source, text_font: FONT, text_font_size: "12px", text_color: INK, text_baseline: "middle", x_offset: 3 });
    put("steps", figure, steps.map((one) => `${say(one.label)} ${format(one.values[0])}, ${format(one.values[arm])}`).join("; "));
    addTable(find("steps"), [text("steps_axis"), text("without"), say(scene().levers[arm - 1].label)],
      steps.map((one) => [say(one.label), format(one.values[0]), format(one.values[arm])]));
  }

  /* The map */
  function colourOf(place, most) {
    const effect = place.effects[leverIndex()];
    if (state.layer === "loss") {
      const share = most > 0 ? place.loss / most : 0;
      return `rgb(${PALEST.map((value, k) => Math.round(value + share * (DARKEST[k] - value))).join(",")})`;
    }
    return !effect || !effect.sure ? "#d5d9e0" : effect.change < 0 ? WITH : WORSE;
  }

  function drawMap() {
    const map = scene().map, section = find("map");
    for (const part of section.querySelectorAll(".row, .chart, #where")) part.hidden = !map;
    section.querySelector(".note:last-child").textContent = map ? `${text("map_note")} ${text(state.layer === "loss" ? "map_axis" : "change")}${colon()}${mapKey(map)}` : text("map_one");
    const details = section.querySelector("details");
    if (details && !map) details.remove();
    if (!map) return;
    fillSelect("place", [["", text("none")], ...map.places.map((one) => [one.key, one.title])], state.place);
    fillSelect("layer", [["loss", text("show_loss")], ["change", text("show_change")]], state.layer);
    const byKey = new Map(map.places.map((one) => [one.key, one])), most = Math.max(...map.places.map((one) => one.loss || 0));
    const figure = makeFigure(430, { match_aspect: true, tools: "tap" });
    for (const axis of [figure.xaxis, figure.yaxis]) axis.visible = false;
    for (const grid of [figure.xgrid, figure.ygrid]) grid.grid_line_color = null;
    const chosen = (shape) => state.place && shape.place === state.place;
    const source = new Bokeh.ColumnDataSource({ data: { xs: map.shapes.map((one) => one.xs), ys: map.shapes.map((one) => one.ys),
      place: map.shapes.map((one) => one.place), fill: map.shapes.map((one) => (byKey.has(one.place) ? colourOf(byKey.get(one.place), most) : "#f4f5f7")),
      line: map.shapes.map((one) => (chosen(one) ? INK : "#8791a0")), width: map.shapes.map((one) => (chosen(one) ? 3 : 0.8)) } });
    figure.patches({ xs: { field: "xs" }, ys: { field: "ys" }, source, fill_color: { field: "fill" }, line_color: { field: "line" }, line_width: { field: "width" },
      nonselection_fill_alpha: 1, nonselection_line_alpha: 1 });
    const inner = new Bokeh.ColumnDataSource({ data: { xs: map.inner.map((one) => one.xs), ys: map.inner.map((one) => one.ys) } });
    figure.multi_line({ xs: { field: "xs" }, ys: { field: "ys" }, source: inner, line_color: "#eef0f3", line_width: 1.4 });
    const stars = new Bokeh.ColumnDataSource({ data: { x: map.sites.map((one) => one.x), y: map.sites.map((one) => one.y) } });
    figure.scatter({ x: { field: "x" }, y: { field: "y" }, source: stars, marker: "star", size: 11, fill_color: "white", line_color: INK });
    drawMapNames(figure, [...map.sites.map((one) => ({ text: say(one.name), x: one.x, y: one.y, place: "site" })), ...map.names]);
    source.selected.properties.indices.change.connect(() => {
      const [k] = source.selected.indices;
      const place = known(k) ? map.shapes[k].place : "";
      if (byKey.has(place)) setTimeout(() => change("place", place), 0);
    });
    put("map", figure, map.places.map((one) => `${one.title} ${format(one.loss)}`).join("; "));
    find("where").textContent = state.place ? describePlace(byKey.get(state.place)) : "";
    addTable(section, [text("place"), text("residents"), text("show_loss"), text("change"), text("interval"), text("never")],
      map.places.map((one) => { const effect = one.effects[leverIndex()] || {}; return [one.title, format(one.people), format(one.loss),
        format(effect.change, decimals(effect), true), formatInterval(effect), format(one.never)]; }));
  }

  /* The names that find room at the width of the figure, those of places first. */
  function drawMapNames(figure, names) {
    const xs = scene().map.shapes.flatMap((one) => one.xs), ys = scene().map.shapes.flatMap((one) => one.ys);
    const across = Math.max(...xs) - Math.min(...xs), up = Math.max(...ys) - Math.min(...ys);
    const pixel = Math.max(across / (find("map").clientWidth || 600), up / 400), shown = [];
    for (const one of [...names].sort((a, b) => (a.place ? 0 : 1) - (b.place ? 0 : 1))) {
      const half = 3.4 * one.text.length * pixel;
      for (const lines of one.place === "site" ? [-1, 1] : [0, 1, -1]) {
        const y = one.y + 14 * lines * pixel;
        if (shown.some((other) => Math.abs(other.x - one.x) < half + other.half && Math.abs(other.y - y) < 14 * pixel)) continue;
        shown.push({ ...one, y, half });
        break;
      }
    }
    const source = new Bokeh.ColumnDataSource({ data: { x: shown.map((one) => one.x), y: shown.map((one) => one.y),
      name: shown.map((one) => one.text), ink: shown.map((one) => (one.place ? INK : SOFT)) } });
    figure.text({ x: { field: "x" }, y: { field: "y" }, text: { field: "name" }, source, text_align: "center",
      text_baseline: "middle", text_font: FONT, text_font_size: "11px", text_color: { field: "ink" },
      background_fill_color: "white", background_fill_alpha: 0.7, padding: 1, border_radius: 3 });
  }

  function mapKey(map) {
    if (state.layer === "loss") return `0 – ${format(Math.max(...map.places.map((one) => one.loss || 0)))}`;
    const names = { fr: ["bleu", "orange", "gris"], en: ["blue", "orange", "grey"] };
    return (names[state.lang] || names.en).map((name, k) => `${name}${colon()}${text(["less", "more", "open"][k])}`).join(", ");
  }

  function describePlace(place) {
    const effect = place.effects[leverIndex()] || {};
    return [place.title, `${text("residents")}${colon()}${format(place.people)}`, `${text("show_loss")}${colon()}${format(place.loss)}`,
      `${text("change")}${colon()}${format(effect.change, decimals(effect), true)} ${formatInterval(effect)}`,
      `${text("never")}${colon()}${format(place.never)} → ${format(effect.never)}`].join(" · ");
  }

  /* Words */
  function drawWords() {
    const now = scene(), lever = now.levers[leverIndex()], chosen = group(), effect = chosen.effects[leverIndex()] || {};
    document.documentElement.lang = state.lang;
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
    document.title = `${say(now.label)} · ${text("title")}`;
    find("heading").textContent = say(now.label);
    find("baseline").textContent = say(now.baseline);
    find("said").textContent = say(now.answer);
    find("workbook").hidden = !DATA.workbook;
    const facts = [[text("lever"), say(lever.label) + (say(lever.holds) ? ` (${say(lever.holds)})` : "")],
      [`${text("people")}, ${say(chosen.label).toLowerCase()}`, format(chosen.people)],
      [text("loss_without"), format(effect.without)],
      [text("loss_change"), `${format(effect.change, decimals(effect), true)} ${formatInterval(effect)}`],
      [text("chance"), formatChance(effect.chance)], [text("cost"), say(lever.cost)], [text("price"), say(lever.price)]];
    find("facts").replaceChildren(...facts.map(([name, value]) => { const box = make("div"); box.append(make("dt", name), make("dd", value)); return box; }));
    const left = DATA.left_out ? ` ${text("left_out")} ${DATA.left_out}.` : "";
    find("foot").textContent = `${text("seeds")}${colon()}${now.seeds} · ${text("version")} ${now.model}.${left}`;
  }

  function drawDoubt() {
    const heads = [text("measure"), text("without"), text("change"), text("interval"), text("helps"), text("seeds")];
    const rows = scene().doubts.map((one) => { const effect = one.effects[leverIndex()];
      return [`${say(one.label)} (${say(one.unit)})`, format(effect.without), format(effect.change, decimals(effect), true), formatInterval(effect),
        formatChance(effect.chance), format(effect.pairs)]; });
    find("doubt").querySelector(".scroll").replaceChildren(makeTable(heads, rows));
  }

  function drawVersus() {
    const section = find("versus"), rows = scene().versus[leverIndex()].against;
    section.hidden = rows.length < 2;
    const change = (effect) => `${format(effect.change, decimals(effect), true)} ${formatInterval(effect)}`;
    const euros = (value) => new Intl.NumberFormat(state.lang, { style: "currency", currency: "EUR", maximumFractionDigits: 0, signDisplay: "exceptZero" })
      .format(value || 0).replace("-", "−");
    section.querySelector(".scroll").replaceChildren(makeTable(
      [text("versus_other"), text("versus_loss"), text("versus_gap"), text("versus_reach"), text("versus_cost")],
      rows.flatMap((one, k) => (one ? [[say(scene().levers[k].label), change(one.loss_total), change(one.quintile_gap), change(one.never_reached),
        euros(one.euros)]] : []))));
  }

  function drawCases() {
    const cases = scene().cases, arm = leverIndex() + 1, section = find("cases");
    section.hidden = !cases.length;
    const heads = [text("case_who"), text("without"), say(scene().levers[arm - 1].label)];
    const life = (one) => `${format(one.loss, 1)} · ${say(one.back)} · ${say(one.help)}`;
    section.querySelector(".scroll").replaceChildren(makeTable(heads, cases.map((one) => [`${say(one.title)}${colon()}${say(one.person)}`,
      life(one.lives[0]), life(one.lives[arm])])));
  }

  function draw() {
    const now = scene(), index = leverIndex(), chosen = group();
    fillSelect("scene", DATA.scenes.map((one) => [one.key, say(one.label)]), now.key);
    fillSelect("lever", now.levers.map((one) => [one.key, say(one.label)]), state.lever);
    fillSelect("group", now.groups.map((one) => [one.key, say(one.label)]), chosen.key);
    fillSelect("lang", DATA.langs.map((one) => [one, new Intl.DisplayNames([one], { type: "language" }).of(one)]), state.lang);
    drawWords();
    drawDots("levers", now.levers.map((one, k) => ({ label: say(one.label), effect: chosen.effects[k], strong: k === index })), text("levers_axis"));
    const recorded = now.curves.groups[chosen.key], curves = recorded || now.curves.groups.all;
    find("curve").querySelector(".note").textContent = `${recorded ? "" : `${text("curve_all")} `}${text("curve_note")}`;
    drawBands("curve", [curves[0], curves[index + 1]], text("curve_axis"));
    drawBands("away", [now.curves.away[0], now.curves.away[index + 1]], text("away_axis"));
    drawSteps();
    drawDots("groups", now.groups.map((one) => ({ label: say(one.label), effect: one.effects[index], strong: one.key === chosen.key })), text("levers_axis"));
    drawMap();
    drawCases();
    drawVersus();
    drawDoubt();
  }

  for (const name of ["scene", "lever", "group", "lang", "place", "layer"])
    find(name).addEventListener("change", (event) => change(name, event.target.value));
  find("print").addEventListener("click", () => window.print());
  window.addEventListener("hashchange", () => { readAddress(); draw(); });
  readAddress();
  writeAddress();
  draw();
})();

"use strict";
(() => {
  const NS = "http://www.w3.org/2000/svg";
  const figures = JSON.parse(document.getElementById("report-data").textContent);
  const tooltip = document.getElementById("tooltip");

  const element = (tag, attributes = {}, parent = null, text = "") => {
    const svg = ["path", "line", "rect", "title", "g"].includes(tag);
    const node = svg ? document.createElementNS(NS, tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    if (text) node.textContent = text;
    if (parent) parent.append(node);
    return node;
  };

  const show = (value) => {
    if (value === null || value === undefined) return "no value";
    if (value === 0) return "0";
    const rounded = Number(value.toPrecision(6));
    const size = Math.abs(rounded);
    if (size >= 1e-3 && size < 1e5) return String(rounded).replace("-", "\u2212");
    const [mantissa, exponent] = rounded.toExponential().split("e");
    const raised = [...String(Number(exponent))].map((c) => (c === "-" ? "\u207b" : "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[c])).join("");
    return mantissa.replace("-", "\u2212") + "\u00d710" + raised;
  };

  const position = (axis, value) =>
    axis.log ? (Math.log(value) - Math.log(axis.low)) / (Math.log(axis.high) - Math.log(axis.low)) : (value - axis.low) / (axis.high - axis.low);

  /** Coordinates of an event in the units of the drawing. */
  const inDrawing = (svg, event) => {
    const box = svg.getBoundingClientRect();
    const view = svg.viewBox.baseVal;
    return [((event.clientX - box.left) / box.width) * view.width, ((event.clientY - box.top) / box.height) * view.height];
  };

  const openTooltip = (svg, x, y, lines) => {
    tooltip.replaceChildren(...lines);
    tooltip.hidden = false;
    const box = svg.getBoundingClientRect();
    const view = svg.viewBox.baseVal;
    const left = box.left + (x / view.width) * box.width;
    const top = box.top + (y / view.height) * box.height;
    const own = tooltip.getBoundingClientRect();
    tooltip.style.left = `${left + 18 + own.width > innerWidth ? Math.max(4, left - 18 - own.width) : left + 18}px`;
    tooltip.style.top = `${Math.max(4, Math.min(top - own.height / 2, innerHeight - own.height - 4))}px`;
  };

  const row = (text, css = "", key = "") => {
    const line = element("div", css ? { class: css } : {});
    if (key) element("span", { class: `key ${key}` }, line);
    line.append(text);
    return line;
  };

  const heading = (text) => {
    const line = element("div");
    element("b", {}, line, text);
    return line;
  };

  /** Pointer and arrow keys move one cursor over a figure; leaving it or Escape closes the tooltip. */
  const explore = (svg, name, pointAt, moveBy, close) => {
    svg.setAttribute("tabindex", "0");
    svg.addEventListener("pointermove", (event) => pointAt(...inDrawing(svg, event)));
    svg.addEventListener("pointerleave", close);
    svg.addEventListener("blur", close);
    svg.addEventListener("keydown", (event) => {
      const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (event.key === "Escape") close();
      if (!move) return;
      event.preventDefault();
      moveBy(...move);
    });
  };

  const curves = (svg, data) => {
    const [left, top, width, height] = data.box.map(Number);
    const px = (value) => left + width * position(data.xAxis, value);
    const py = (value) => top + height * (1 - Math.max(-0.5, Math.min(1.5, position(data.yAxis, value))));
    const drawable = (value) => value !== null && (!data.yAxis.log || value > 0);
    const places = [...new Set(data.series.flatMap((series) => series.x))].sort((a, b) => a - b);
    const off = new Set();
    let cursor = -1;
    const line = element("line", { class: "crosshair hidden", y1: top, y2: top + height }, svg);

    const nearest = (list, value) => list.reduce((best, x, i) => (Math.abs(x - value) < Math.abs(list[best] - value) ? i : best), 0);

    const close = () => {
      tooltip.hidden = true;
      line.classList.add("hidden");
    };

    const moveTo = (index) => {
      cursor = Math.max(0, Math.min(places.length - 1, index));
      const at = px(places[cursor]);
      line.setAttribute("x1", at);
      line.setAttribute("x2", at);
      line.classList.remove("hidden");
      const lines = [];
      const remarks = new Set();
      data.series.forEach((series, i) => {
        if (off.has(i)) return;
        const k = nearest(series.x, places[cursor]);
        if (lines.length === 0) lines.push(heading(series.places[k]));
        const elsewhere = series.x[k] === places[cursor] ? "" : ` (${series.places[k]})`;
        const spread = series.n[k] > 1 ? ` (${show(series.low[k])} to ${show(series.high[k])}, n = ${series.n[k]})` : "";
        lines.push(row(`${series.name}: ${show(series.mean[k])}${spread}${elsewhere}`, "", series.look));
        if (series.note[k] >= 0) remarks.add(`${series.name}: ${data.notes[series.note[k]]}`);
      });
      remarks.forEach((remark) => lines.push(row(remark, "remark")));
      openTooltip(svg, at, top + height / 3, lines);
    };

    explore(
      svg,
      data.yAxis.label,
      (x, y) => {
        if (x < left - 12 || x > left + width + 12 || y < top - 8 || y > top + height + 24) return close();
        const value = data.xAxis.low + ((x - left) / width) * (data.xAxis.high - data.xAxis.low);
        moveTo(nearest(places, value));
      },
      (dx) => moveTo(cursor + dx),
      close,
    );

    svg.querySelectorAll(".legend").forEach((entry) => {
      const index = Number(entry.dataset.series);
      entry.setAttribute("role", "button");
      entry.setAttribute("tabindex", "0");
      entry.setAttribute("aria-pressed", "true");
      entry.setAttribute("aria-label", `Show ${data.series[index].name}`);
      const toggle = () => {
        const hide = !off.has(index);
        if (hide) off.add(index);
        else off.delete(index);
        entry.classList.toggle("off", hide);
        entry.setAttribute("aria-pressed", String(!hide));
        svg.querySelectorAll(`.series[data-series="${index}"], .bars[data-series="${index}"]`).forEach((group) => group.classList.toggle("hidden", hide));
      };
      entry.addEventListener("click", toggle);
      entry.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        toggle();
      });
    });

    const redraw = (index) => {
      const series = data.series[index];
      const group = svg.querySelector(`.series[data-series="${index}"]`);
      const bottom = top + height;
      const at = (x, y) => `${px(x).toFixed(2)},${(drawable(y) ? py(y) : bottom).toFixed(2)}`;
      let path = "";
      let area = "";
      let run = [];
      const finish = () => {
        if (run.some((k) => series.high[k] > series.low[k])) {
          area += "M" + run.map((k) => at(series.x[k], series.high[k])).join("L") + "L" + [...run].reverse().map((k) => at(series.x[k], series.low[k])).join("L") + "Z";
        }
        if (run.length) path += "M" + run.map((k) => at(series.x[k], series.mean[k])).join("L");
        run = [];
      };
      series.mean.forEach((value, k) => (drawable(value) ? run.push(k) : finish()));
      finish();
      group.querySelector(".line").setAttribute("d", path);
      group.querySelector(".band").setAttribute("d", area);
      const marks = group.querySelector(".marks");
      marks.replaceChildren();
      series.mean.forEach((value, k) => {
        const flagged = series.note[k] >= 0;
        const css = value === null ? "mark none" : flagged || !drawable(value) ? "mark hollow" : "mark";
        const shape = value === null ? "M-3.5,-3.5l7,7M-3.5,3.5l7,-7" : drawable(value) ? series.shape : "M-4,-4h8l-4,8z";
        const y = drawable(value) ? py(value) : bottom - 6;
        element("path", { class: css, d: shape, transform: `translate(${px(series.x[k]).toFixed(2)} ${y.toFixed(2)})` }, marks);
      });
    };

    return {
      frame: (k) => {
        close();
        data.frames.series.forEach((perStep, index) => {
          Object.assign(data.series[index], perStep[k]);
          redraw(index);
          if (index > 0) return;
          const step = data.frames.steps[k];
          const name = `${step > 0 ? "trained, " : ""}step ${step}`;
          data.series[0].name = name;
          svg.querySelector('.legend[data-series="0"] .entry').textContent = name;
        });
      },
    };
  };

  const grid = (svg, data) => {
    const cell = element("rect", { class: "cursor-cell hidden" }, svg);
    let cursor = [0, 0, 0];
    const close = () => {
      tooltip.hidden = true;
      cell.classList.add("hidden");
    };
    const moveTo = (p, column, fromTop) => {
      const panel = data.panels[p];
      const [left, top, width, height] = panel.box.map(Number);
      const c = Math.max(0, Math.min(panel.columns.length - 1, column));
      const t = Math.max(0, Math.min(panel.rows.length - 1, fromTop));
      const layer = panel.rows.length - 1 - t;
      cursor = [p, c, t];
      const w = width / panel.columns.length;
      const h = height / panel.rows.length;
      for (const [name, value] of Object.entries({ x: left + c * w, y: top + t * h, width: w, height: h })) cell.setAttribute(name, value);
      cell.classList.remove("hidden");
      const lines = [heading(`${panel.rows[layer]}, ${panel.columns[c]}`), row(`${panel.name}: ${show(panel.values[layer][c])}`)];
      const note = panel.notes[layer][c];
      if (note >= 0) lines.push(row(data.notes[note], "remark"));
      openTooltip(svg, left + (c + 1) * w, top + (t + 0.5) * h, lines);
    };
    explore(
      svg,
      data.panels[0].name,
      (x, y) => {
        const p = data.panels.findIndex(({ box }) => {
          const [left, top, width, height] = box.map(Number);
          return x >= left && x < left + width && y >= top && y < top + height;
        });
        if (p < 0) return close();
        const [left, top, width, height] = data.panels[p].box.map(Number);
        const { columns, rows } = data.panels[p];
        moveTo(p, Math.floor(((x - left) / width) * columns.length), Math.floor(((y - top) / height) * rows.length));
      },
      (dx, dy) => moveTo(cursor[0], cursor[1] + dx, cursor[2] - dy),
      close,
    );
    return {};
  };

  const saveButton = (figure, svg) => {
    const button = element("button", { type: "button", class: "tool" }, figure.querySelector("figcaption"), "Save as SVG");
    button.addEventListener("click", () => {
      const copy = svg.cloneNode(true);
      copy.querySelectorAll(".crosshair, .cursor-cell").forEach((node) => node.remove());
      const colours = getComputedStyle(document.documentElement);
      const rules = document.getElementById("figure-style").textContent.replace(/var\((--\w+)\)/g, (all, name) => colours.getPropertyValue(name).trim());
      copy.prepend(element("rect", { width: "100%", height: "100%", class: "paper" }));
      const style = document.createElementNS(NS, "style");
      style.textContent = rules;
      copy.prepend(style);
      const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
      element("a", { href: address, download: `${figure.id}.svg` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    });
  };

  const drawn = {};
  for (const [id, data] of Object.entries(figures)) {
    const figure = document.getElementById(id);
    const svg = figure.querySelector("svg");
    if (data.kind === "grid") drawn[id] = grid(svg, data);
    else if (data.kind === "curves") drawn[id] = curves(svg, data);
    saveButton(figure, svg);
  }

  const measures = Object.entries(figures).filter(([, data]) => data.frames);
  if (measures.length > 0) {
    const holder = document.querySelector("[data-choices]");
    const controls = element("div", { class: "controls" });
    holder.prepend(controls);
    if (measures.length > 1) {
      const set = element("fieldset", { class: "control" }, controls);
      element("legend", {}, set, "measure");
      const choose = (chosen) => measures.forEach(([id]) => document.getElementById(id).classList.toggle("hidden", id !== chosen));
      measures.forEach(([id, data], i) => {
        const label = element("label", {}, set);
        const radio = element("input", { type: "radio", name: "measure", value: id }, label);
        radio.checked = i === 0;
        label.append(data.choice);
        radio.addEventListener("change", () => choose(id));
      });
      choose(measures[0][0]);
    }
    const steps = [...new Set(measures.flatMap(([, data]) => data.frames.steps))].sort((a, b) => a - b);
    if (steps.length > 1) {
      const label = element("label", { class: "control" }, controls);
      element("span", { class: "name" }, label, "step");
      const slider = element("input", { type: "range", min: 0, max: steps.length - 1, value: steps.length - 1, "aria-label": "optimizer step" }, label);
      const output = element("output", {}, label, String(steps.at(-1)));
      slider.addEventListener("input", () => {
        const step = steps[Number(slider.value)];
        output.textContent = String(step);
        slider.setAttribute("aria-valuetext", `step ${step}`);
        measures.forEach(([id, data]) => {
          const k = data.frames.steps.findLastIndex((recorded) => recorded <= step);
          drawn[id].frame(Math.max(0, k));
        });
      });
    }
  }

  const bibtex = document.getElementById("bibtex");
  if (bibtex) {
    const button = element("button", { type: "button", "aria-live": "polite" }, bibtex.parentElement, "Copy");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(bibtex.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(bibtex);
        button.textContent = "Selected: press Ctrl+C";
      }
      setTimeout(() => (button.textContent = "Copy"), 2500);
    });
  }
})();

(function () {
"use strict";
var data = JSON.parse(document.getElementById("data").textContent), text = data.text;
var PIXELS = 1.5, SIGN = {new: "+", moved: "→", kept: "=", dropped: "×"};
var at = {kind: "institution", id: data.kinds[0].things[0].id, view: "both", only: "all_events", query: ""};
function $(id) { return document.getElementById(id); }
function el(tag, props, children) {
  var node = document.createElement(tag);
  Object.keys(props || {}).forEach(function (key) {
    if (key in node) node[key] = props[key]; else node.setAttribute(key, props[key]);
  });
  (children || []).forEach(function (child) { if (child) node.append(child); });
  return node;
}
function counted(events) { return (events.length === 1 ? text.event : text.events).replace("{count}", events.length); }
function kindOf(id) { return data.kinds.find(function (kind) { return kind.id === id; }); }
function state(event, isToday) {
  return isToday && event.change === "moved" ? text.moves : text[event.change];
}
function haystack(event) {
  if (!event.hay) {
    event.hay = [event.title, event.groups, event.where, event.room, event.staff, event.hours,
      event.more.map(function (part) { return part[1].join(" "); }).join(" ")].join(" ").toLowerCase();
  }
  return event.hay;
}
function shows(event) {
  if (at.id && event.of[at.kind].indexOf(at.id) < 0) return false;
  if (at.only !== "all_events" && event.change !== at.only && event.marks.indexOf(at.only) < 0) return false;
  return !at.query || at.query.toLowerCase().split(/\s+/).every(function (word) { return haystack(event).indexOf(word) >= 0; });
}

// One event

function show(event) {
  $("event-h").textContent = event.title + (event.day < 0 ? "" : ", " + dayName(event.day) + " " + event.hours);
  var body = $("event-body");
  body.replaceChildren(el("p", {textContent: [event.where || text.bought, event.groups].join(" · ")}),
    el("p", {textContent: marks(event).join(" · ")}));
  event.more.forEach(function (part) {
    body.append(el("h3", {textContent: part[0]}),
      el("ul", {}, part[1].map(function (line) { return el("li", {textContent: line}); })));
  });
  $("event").showModal();
  $("event").scrollTop = 0;
}
function marks(event) {
  return [SIGN[event.change] + " " + words(event)[0]].concat(words(event).slice(1));
}
function words(event, ghost) {
  return (ghost ? [text.today] : []).concat(state(event, event.today), event.marks.map(function (mark) { return text[mark]; }));
}
function signs(event) {
  return SIGN[event.change] + (event.marks.indexOf("joint") < 0 ? "" : " ◆") + (event.marks.indexOf("cross") < 0 ? "" : " ↔");
}
function button(event, ghost) {
  var shown = el("button", {type: "button", className: "ev " + (ghost ? "ghost" : event.change)}, [
    el("b", {}, [el("span", {ariaHidden: "true", textContent: signs(event) + " "}), event.title]),
    el("span", {textContent: event.groups}), at.kind === "room" ? null : el("span", {textContent: event.room}),
    el("span", {textContent: event.hours}), el("span", {className: "vh", textContent: words(event, ghost).join(", ")})]);
  shown.title = [event.hours, event.title, event.groups, event.room, marks(event).join(", ")].join("\n");
  shown.dataset.key = event.key;
  shown.addEventListener("click", function () { show(event); });
  return shown;
}

// A week

function dayName(day) { return data.days.find(function (one) { return one.day === day; }).name; }
function lanes(events) {
  var placed = [], cluster = [], end = -1;
  function close() {
    var count = Math.max.apply(null, cluster.map(function (one) { return one.lane + 1; }).concat(1));
    cluster.forEach(function (one) { one.of = count; });
    cluster = [];
  }
  events.slice().sort(function (a, b) { return a.start - b.start || b.end - a.end; }).forEach(function (event) {
    if (event.start >= end) close();
    var lane = 0;
    while (cluster.some(function (one) { return one.lane === lane && one.event.end > event.start; })) lane += 1;
    var one = {event: event, lane: lane, of: 1};
    cluster.push(one); placed.push(one);
    end = Math.max(end, event.end);
  });
  close();
  return placed;
}
function between(side) {
  var whose = data.between[side][at.kind];
  if (!whose || !at.id || at.only !== "all_events" || at.query) return [];
  return whose[at.id] || [];
}
function filler(one) {
  return el("div", {className: "between " + one.kind, title: one.hours + "\n" + one.what}, [
    el("span", {className: "hours", textContent: one.hours}), " ", el("span", {textContent: one.what})]);
}
function grid(events, span, title, mixed, side) {
  var hour = 60 * PIXELS, height = (span[1] - span[0]) * PIXELS;
  var box = el("div", {className: "grid"});
  box.style.setProperty("--days", data.days.length);
  box.style.setProperty("--hour", hour + "px");
  var axis = el("div", {className: "axis", ariaHidden: "true"});
  for (var minute = span[0]; minute < span[1]; minute += 60) {
    var label = el("span", {textContent: ("0" + minute / 60).slice(-2)});
    label.style.top = (minute - span[0]) * PIXELS + "px";
    axis.append(label);
  }
  box.append(axis);
  // In reading order, which is also the order on a phone: each day's name, then its events.
  data.days.forEach(function (day, column) {
    var head = el("h4", {className: "dayhead", textContent: day.name});
    var worked = at.kind === "staff" && (data.between[side].hours[at.id] || {})[day.day];
    if (worked) head.append(el("span", {className: "worked", title: text.worked}, [el("span", {className: "vh", textContent: " " + text.worked + " "}), worked]));
    var list = el("ol", {className: "day", ariaLabel: title + ", " + day.name});
    head.style.gridColumn = list.style.gridColumn = column + 2;
    list.style.height = height + "px";
    lanes(events.concat(between(side)).filter(function (event) { return event.day === day.day; })).forEach(function (one) {
      var item = el("li", {}, [one.event.key ? button(one.event, mixed && one.event.today) : filler(one.event)]);
      item.style.top = (one.event.start - span[0]) * PIXELS + "px";
      item.style.height = Math.max(one.event.key ? 20 : 12, (one.event.end - one.event.start) * PIXELS) + "px";
      item.style.left = 100 * one.lane / one.of + "%";
      item.style.width = 100 / one.of + "%";
      list.append(item);
    });
    box.append(head, list);
  });
  return box;
}
function plan(events, span, title, mixed, side) {
  var outside = events.filter(function (event) { return event.day < 0; });
  var few = events.length <= 90;
  return el("section", {className: "plan", ariaLabel: title}, [
    el("h3", {textContent: title + " – " + counted(events)}),
    few ? grid(events.filter(function (event) { return event.day >= 0; }), span, title, mixed, side) : null,
    few && outside.length ? el("ul", {className: "bought"}, [el("li", {textContent: text.bought + ":"})].concat(
      outside.map(function (event) { return el("li", {}, [button(event, mixed && event.today)]); }))) : null,
    table(events, title, !few, side)]);
}
function table(events, title, open, side) {
  var head = [text.when, text.activity, text.groups, text.where, text.staff, text.state];
  var order = function (a, b) { return a.day - b.day || a.start - b.start; };
  var rows = events.concat(between(side)).sort(order).map(function (event) {
    if (!event.key) return el("tr", {}, [el("th", {scope: "row", textContent: dayName(event.day) + " " + event.hours}), el("td", {colSpan: 5, textContent: event.what})]);
    var first = el("button", {type: "button", textContent: event.title});
    first.addEventListener("click", function () { show(event); });
    var when = event.day < 0 ? text.bought : dayName(event.day) + " " + event.hours;
    return el("tr", {}, [el("th", {scope: "row", textContent: when}), el("td", {}, [first])].concat(
      [event.groups, event.where, event.staff, marks(event).join(", ")].map(function (cell) { return el("td", {textContent: cell}); })));
  });
  var scroll = el("div", {className: "scroll", tabIndex: 0}, [el("table", {}, [
    el("caption", {textContent: title}),
    el("thead", {}, [el("tr", {}, head.map(function (name) { return el("th", {scope: "col", textContent: name}); }))]),
    el("tbody", {}, rows)])]);
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", title + ": " + text.list);
  return el("details", {open: open}, [el("summary", {textContent: text.list}), scroll]);
}
function draw() {
  var today = data.today.filter(shows), proposed = data.proposed.filter(shows);
  var all = today.concat(proposed, between("today"), between("proposed")).filter(function (event) { return event.day >= 0; });
  var span = !all.length ? [9 * 60, 15 * 60] : [Math.min.apply(null, all.map(function (e) { return e.start; })),
    Math.max.apply(null, all.map(function (e) { return e.end; }))];
  span = [Math.floor(span[0] / 60) * 60, Math.ceil(span[1] / 60) * 60];
  var parts = [];
  if (at.view === "overlay") {
    var mixed = today.filter(function (event) { return event.change !== "kept"; }).concat(proposed);
    mixed.sort(function (a, b) { return a.day - b.day || a.start - b.start; });
    parts.push(plan(mixed, span, text.both, true, "proposed"));
  } else {
    if (at.view !== "proposed") parts.push(plan(today, span, text.today, false, "today"));
    if (at.view !== "today") parts.push(plan(proposed, span, text.proposed, false, "proposed"));
  }
  $("grids").className = parts.length === 2 ? "two" : "";
  $("grids").replaceChildren.apply($("grids"), parts);
  var thing = kindOf(at.kind).things.find(function (one) { return one.id === at.id; });
  $("weeks-h").textContent = thing ? thing.name : text.everyone;
  $("status").textContent = today.length + proposed.length ?
    text.today + ": " + counted(today) + ". " + text.proposed + ": " + counted(proposed) + "." : text.none;
  document.querySelectorAll("[data-house]").forEach(function (link) {
    if (at.kind === "institution" && link.dataset.house === at.id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
}
function things() {
  var groups = {}, select = $("thing");
  select.replaceChildren(el("option", {value: "", textContent: text.everyone}));
  kindOf(at.kind).things.forEach(function (thing) {
    var option = el("option", {value: thing.id, textContent: thing.name});
    if (!thing.of) { select.append(option); return; }
    if (!groups[thing.of]) { groups[thing.of] = el("optgroup", {label: thing.of}); select.append(groups[thing.of]); }
    groups[thing.of].append(option);
  });
  select.value = at.id;
}
function remember() {
  history.replaceState(null, "", "#week/" + [at.kind, at.id, at.view].map(encodeURIComponent).join("/"));
}
function go(kind, id) {
  at.kind = kind; at.id = id;
  document.querySelector("input[name=kind][value=" + kind + "]").checked = true;
  things(); draw();
}
function follow() {
  var parts = location.hash.slice(1).split("/").map(decodeURIComponent), house = parts[0].indexOf("house-") === 0;
  var kind = house ? "institution" : parts[1], id = house ? parts[0].slice(6) : parts[2];
  if (!house && parts[0] !== "week") return;
  var known = kindOf(kind);
  if (!known || (id && !known.things.some(function (one) { return one.id === id; }))) return;
  if (["both", "overlay", "proposed", "today"].indexOf(parts[3]) >= 0) { at.view = parts[3]; $("view").value = at.view; }
  go(kind, id);
  $("weeks").scrollIntoView();
  $("weeks-h").focus({preventScroll: true});
}

// Rooms by hour

function heat() {
  var whose = $("heat-whose").value.split(":"), rooms = data.heat.rooms, days = data.days.length, hours = data.heat.hours.length;
  var keys = Object.keys(rooms).filter(function (key) {
    return whose[0] === "" || (whose[0] === "room" ? key : rooms[key].house) === whose[1];
  });
  ["frequency", "occupancy", "utilisation"].forEach(function (measure) {
    var body = $("heat-" + measure);
    body.parentNode.hidden = measure !== $("heat-measure").value;
    body.querySelector(".whose").textContent = $("heat-whose").selectedOptions[0].textContent;
    for (var hour = 0; hour < hours; hour += 1) for (var side = 0; side < 2; side += 1) for (var day = 0; day < days; day += 1) {
      var sums = [0, 0, 0, 0];
      keys.forEach(function (key) {
        var cell = rooms[key].cells[day * hours + hour];
        if (cell) [0, 1 + 3 * side, 2 + 3 * side, 3 + 3 * side].forEach(function (from, to) { sums[to] += cell[from]; });
      });
      fill(body.tBodies[0].rows[hour].cells[1 + side * days + day], percent(measure, sums));
    }
  });
}
function percent(measure, sums) {
  var frequency = sums[0] ? sums[1] / sums[0] : null, occupancy = sums[2] ? sums[3] / sums[2] : null;
  if (measure === "frequency") return frequency;
  if (measure === "occupancy") return occupancy;
  if (frequency === 0) return 0;
  return frequency === null || occupancy === null ? null : frequency * occupancy;
}
function fill(cell, value) {
  var number = value === null ? 0 : Math.floor(100 * value + 0.5);
  cell.textContent = value === null ? "" : number;
  cell.className = "h" + data.heat.shades.filter(function (from) { return number >= from; }).length;
}
function heatChoices() {
  var select = $("heat-whose");
  select.append(el("option", {value: "", textContent: text.allRooms}));
  kindOf("institution").things.forEach(function (house) {
    var own = Object.keys(data.heat.rooms).filter(function (key) { return data.heat.rooms[key].house === house.id; });
    if (!own.length) return;
    select.append(el("optgroup", {label: house.name}, [el("option", {value: "house:" + house.id, textContent: house.name})].concat(
      own.map(function (key) { return el("option", {value: "room:" + key, textContent: data.heat.rooms[key].name}); }))));
  });
}

// The map

function pick(id) {
  document.querySelectorAll(".line").forEach(function (line) {
    line.classList.toggle("off", id !== null && line.dataset.from !== id && line.dataset.to !== id);
  });
  document.querySelectorAll(".house").forEach(function (house) { house.classList.toggle("on", house.dataset.id === id); });
  document.querySelectorAll(".houses-key button").forEach(function (one) { one.setAttribute("aria-pressed", String(one.dataset.id === id)); });
}
function mapChoices() {
  document.querySelectorAll(".houses-key li").forEach(function (item) {
    var name = item.querySelector(".name"), shown = el("button", {type: "button", textContent: name.textContent});
    shown.dataset.id = item.dataset.id;
    shown.setAttribute("aria-pressed", "false");
    shown.addEventListener("click", function () { pick(shown.getAttribute("aria-pressed") === "true" ? null : shown.dataset.id); });
    name.replaceChildren(shown);
  });
}

document.documentElement.classList.add("js");
data.today.forEach(function (event) { event.today = true; });
data.kinds.forEach(function (kind) {
  var radio = el("input", {type: "radio", name: "kind", value: kind.id, checked: kind.id === at.kind});
  radio.addEventListener("change", function () { go(kind.id, kind.things.length ? kind.things[0].id : ""); remember(); });
  $("kind").append(el("label", {}, [radio, kind.name]));
});
$("choose").addEventListener("submit", function (event) { event.preventDefault(); });
["thing", "view", "only", "query"].forEach(function (id) {
  $(id).addEventListener(id === "query" ? "input" : "change", function () { at[id === "thing" ? "id" : id] = $(id).value; draw(); remember(); });
});
$("print").addEventListener("click", function () {
  document.body.classList.add("one");
  window.print();
});
window.addEventListener("afterprint", function () { document.body.classList.remove("one"); });
window.addEventListener("hashchange", follow);
document.querySelectorAll("[data-house]").forEach(function (link) {
  link.addEventListener("click", function (event) {
    event.preventDefault();
    location.hash = "week/institution/" + encodeURIComponent(link.dataset.house);
    follow();
  });
});
$("weeks").hidden = false;
things(); draw(); heatChoices(); heat(); mapChoices();
$("heat-whose").addEventListener("change", heat);
$("heat-measure").addEventListener("change", heat);
follow();
})();

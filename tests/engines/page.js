/* What a person finds on a page, by role and name. Evaluated in it by page.py, which calls what this gives. */
(() => {
  const NATIVE = {
    button: "button, summary, input[type=submit], input[type=button]",
    link: "a[href]",
    heading: "h1, h2, h3, h4",
    textbox: "textarea, input:not([type]), input[type=text], input[type=search], input[type=password]",
    combobox: "select",
    checkbox: "input[type=checkbox]",
    radio: "input[type=radio]",
    img: "img",
    table: "table",
  };
  const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const words = (element) => tidy(element.innerText || element.textContent);

  const roleOf = (element) => {
    const [said] = (element.getAttribute("role") ?? "").split(" ");
    return said || (Object.keys(NATIVE).find((role) => element.matches(NATIVE[role])) ?? element.localName);
  };

  const nameOf = (element) => {
    const by = (element.getAttribute("aria-labelledby") ?? "").split(" ").flatMap((id) => document.getElementById(id) ?? []);
    const labels = [...(element.labels ?? [])];
    return (
      tidy(by.map(words).join(" ")) ||
      tidy(element.getAttribute("aria-label")) ||
      tidy(labels.map(words).join(" ")) ||
      tidy(element.alt) ||
      (element.matches("input, select, textarea, [role=dialog], [role=listbox]") ? "" : words(element)) ||
      tidy(element.title)
    );
  };

  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest("[aria-hidden=true], [inert]");

  /** What is told of it, ready for JSON. */
  const told = (element) => {
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const hit = document.elementFromPoint(x, y);
    return {
      role: roleOf(element),
      name: nameOf(element),
      box: [box.left, box.top, box.width, box.height],
      x,
      y,
      isReachable: hit !== null && (element.contains(hit) || [...(element.labels ?? [])].some((one) => one.contains(hit))),
      isEnabled: !element.matches(":disabled"),
      isSelected: element.getAttribute("aria-selected") === "true",
      isActive: !!element.id && document.activeElement?.getAttribute("aria-activedescendant") === element.id,
      value: element.value ?? "",
      place: element.getAttribute("aria-posinset") ?? "",
    };
  };

  /** All of this role that can be seen and whose name matches. */
  const find = (role, pattern) => {
    const name = new RegExp(pattern);
    const all = document.querySelectorAll([`[role="${role}"]`, NATIVE[role]].filter(Boolean).join(", "));
    return [...all].filter((one) => roleOf(one) === role && isSeen(one) && name.test(nameOf(one)));
  };

  return {
    all: (role, pattern) => find(role, pattern).map(told),
    show: (role, pattern) => find(role, pattern)[0]?.scrollIntoView({ block: "nearest", inline: "nearest" }),
    /** What has the focus: "body" is nothing. */
    focused: () => {
      const element = document.activeElement ?? document.body;
      return element === document.body ? "body" : `${roleOf(element)}: ${nameOf(element)}`;
    },
    /** Nothing is on its way to its place; what turns forever does not count. */
    isStill: () =>
      document
        .getAnimations()
        .every((one) => one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity),
    /** A dialog has the focus, and hears the keys. */
    isInDialog: () => document.activeElement?.closest("[role=dialog]") !== null,
    hasFocus: () => document.hasFocus(),
    text: () => words(document.body),
    /** A key as a keyboard with another layout tells it, where the focus is. */
    dispatch: (key, code, more) => {
      const event = new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...more });
      (document.activeElement ?? document.body).dispatchEvent(event);
    },
    choose: (pattern, text) => {
      const [select] = find("combobox", pattern);
      const option = [...select.options].find((one) => one.text === text);
      // As the engine does it: React looks at the property, which it guards on the element.
      Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(select, option.value);
      select.dispatchEvent(new Event("change", { bubbles: true }));
    },
    keep: (key, value) => localStorage.setItem(key, value),
  };
})()

"use strict";
/* Finds choices by what is typed: names, other names and codes, whatever apostrophe, accent or capital they have. */
wi2007.search = (choices) => {
  const { plain } = wi2007;
  const tight = (text) => plain(text).replaceAll(" ", "");
  const code = (text) => text.replace(/^0+/, "");

  /* Every name that a choice is found by; a name that is another's says so. */
  const known = choices.flatMap(([key, label, , others]) => [
    { key, label, name: label, code: key, told: "" },
    ...others.map(([name, own, told]) => ({ key, label, name, code: own, told })),
  ]);
  known.forEach((one) => Object.assign(one, { plain: plain(one.name), tight: tight(one.name) }));

  /* How well a name fits: from its start, from a word in it, somewhere in it; null where it does not. */
  const fit = (one, wanted, joined) => {
    if (/^\d+$/.test(wanted)) return one.code && code(one.code).startsWith(code(wanted)) ? Number(code(one.code) !== code(wanted)) : null;
    if (one.plain === wanted || one.tight === joined) return 0;
    if (one.plain.startsWith(wanted) || one.tight.startsWith(joined)) return 1;
    if (` ${one.plain}`.includes(` ${wanted}`)) return 2;
    return one.plain.includes(wanted) ? 3 : null;
  };

  /* The choices that fit, the best first, each once; without a word all of them. */
  return (typed) => {
    const [wanted, joined] = [plain(typed), tight(typed)];
    if (!wanted) return known.filter((one) => one.name === one.label && one.told === "" && one.code === one.key);
    const found = known.map((one) => ({ ...one, fit: fit(one, wanted, joined) })).filter((one) => one.fit !== null);
    found.sort((a, b) => a.fit - b.fit || (a.told !== "") - (b.told !== "") || a.label.localeCompare(b.label, "nl"));
    return found.filter((one, at) => found.findIndex((other) => other.key === one.key) === at);
  };
};

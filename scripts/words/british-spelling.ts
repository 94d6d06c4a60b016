const STEMS_IN_ISE =
  "anonym|apolog|author|capital|categor|central|character|critic|custom|emphas|final|general|initial|local|material|maxim|memor|minim|modern|normal|optim|organ|parameter|prior|priorit|random|real|recogn|sanit|serial|special|stabil|standard|summar|symbol|synchron|token|util|visual";

/** British forms of words that have an American one, each a whole word in lower case. */
export const BRITISH_SPELLING = new RegExp(
  `^(?:${[
    "\\w*(?:behaviour|colour|endeavour|favour|flavour|harbour|honour|humour|labour|neighbour|rumour)\\w*",
    `(?:de|re|un)?(?:${STEMS_IN_ISE})is(?:e|ed|es|er|ers|ing|ation|ations)`,
    "analys(?:e|ed|ing)",
    "(?:label|model|signal|travel|total|level)l(?:ed|ing)",
    "(?:un)?licence[sd]?",
    "artefacts?",
    "catalogues?",
    "(?:de|of)fence",
    "centr(?:e|ed|es)",
    "(?:milli|kilo)?metres?",
    "fulfils?",
    "grey(?:ed|s)?",
    "judgement",
    "acknowledgements?",
    "learnt",
    "practise[ds]?",
    "programmes?",
    "whilst",
  ].join("|")})$`,
);

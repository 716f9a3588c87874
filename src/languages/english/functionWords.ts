/**
 * Closed-class words. WordNet lists some of them (`in` the chemical element's symbol, `he` the Hebrew
 * letter, `a` the vitamin), so without this list they would be annotated with absurd senses.
 */
const ALWAYS = `
  a an the this that these those some any no every each either neither both all another such what which whose
  i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers
  herself it its itself they them their theirs themselves one's oneself who whom whoever whomever whatever whichever
  thou thee thy thine ye
  someone somebody something anyone anybody anything everyone everybody everything nobody nothing none
  at by for from in into of off on onto out to toward towards unto upon up with within without via per amid among
  amongst beside besides between beneath despite during except since than through throughout till until versus
  and but or nor if unless because although though whereas whether while as so yet not n't
  there here where when why how
  am 'm 're 's 've 'll 'd ca wo sha ain ai
  oh ah o
  whilst amidst betwixt ere lest albeit whence thence hence whither thither hither doth dost
  o'er e'er ne'er e'en tis twas twere twill twould
  nothin' somethin' anythin' everythin'
`;

const FUNCTION_WORDS: ReadonlySet<string> = new Set(ALWAYS.trim().split(/\s+/));

export function isFunctionWord(lowerCaseForm: string): boolean {
  return FUNCTION_WORDS.has(lowerCaseForm);
}

const GIVEN_NAMES: ReadonlySet<string> = new Set(
  `
  angel april art august autumn amber basil bill bob bobby brook carol chance charity chase cherry christian clay cliff
  colt crystal daisy dawn dean dick dolly don drew duke earl faith fay flora frank gene ginger grace grant guy hazel
  heather herb holly hope iris ivy jack jade jasmine jenny jewel jimmy joy june kitty lance lily mark max may miles
  nick norm olive opal pat patience pearl penny peter randy ray rich robin rose ruby rusty sandy stew sue summer tony
  victor violet wade ward warren will willow woody
`
    .trim()
    .split(/\s+/),
);

/** A given name that is also a common word. */
export function isGivenName(lowerCaseForm: string): boolean {
  return GIVEN_NAMES.has(lowerCaseForm);
}

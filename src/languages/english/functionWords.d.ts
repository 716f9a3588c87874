export declare function isFunctionWord(lowerCaseForm: string): boolean;
/** A given name that is also a common word. */
export declare function isGivenName(lowerCaseForm: string): boolean;

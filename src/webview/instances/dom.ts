type Child = Node | string | null | undefined;
/** Names beginning with `on` are listeners; `true` is an attribute without a value, `false` none. */
type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: never) => void)>>;

/** An HTML element. Text is always text, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, children);
}

export function svgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

/** Puts children in the place of those there are. */
export function replace(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
}

export function setAttribute(target: Element, name: string, value: string | number | boolean): void {
  if (value === false) target.removeAttribute(name);
  else target.setAttribute(name, value === true ? '' : String(value));
}

function filled<Target extends Element>(
  target: Target,
  attributes: Attributes,
  children: readonly Child[],
): Target {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    if (typeof value === 'function') target.addEventListener(name.slice(2), value as EventListener);
    else setAttribute(target, name, value);
  }
  replace(target, ...children);
  return target;
}

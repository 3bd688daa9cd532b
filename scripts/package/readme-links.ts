/** The files that the README leads to: links, pictures, and documents that it names. */
export function readmeLinks(readme: string): readonly string[] {
  const links = [...readme.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target);
  const named = [...readme.matchAll(/(?<![\w/])(?:docs|examples)\/[\w-]+\.\w+/g)].map(([path]) => path);
  return [...new Set([...links.filter((target) => !/^\w+:/.test(target)), ...named])].sort();
}

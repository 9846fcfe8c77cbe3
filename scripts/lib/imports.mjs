// What a source file imports: static, dynamic, re-exported and type-only alike, with line numbers.
import { parseSync } from 'vite';

/**
 * @param {string} file for its extension and for messages
 * @param {string} source
 * @returns {{ specifier: string, line: number }[]}
 */
export function importsOf(file, source) {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  /** @type {{ specifier: string, line: number }[]} */
  const found = [];
  walk(program, (node) => {
    const literal = importedLiteral(node);
    if (literal !== undefined) found.push({ specifier: literal, line: source.slice(0, node.start).split('\n').length });
  });
  return found;
}

/** @typedef {{ type: string, start: number, [key: string]: unknown }} AnyNode */

/** @param {AnyNode} node @returns {string | undefined} */
function importedLiteral(node) {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return text(node['source'] ?? node['argument']);
    case 'TSExternalModuleReference':
      return text(node['expression']);
    case 'CallExpression': {
      const callee = /** @type {AnyNode} */ (node['callee']);
      const [first] = /** @type {unknown[]} */ (node['arguments']);
      return callee.type === 'Identifier' && callee['name'] === 'require' ? text(first) : undefined;
    }
    default:
      return undefined;
  }
}

/** @param {unknown} node @returns {string | undefined} */
function text(node) {
  const value = /** @type {{ value?: unknown, literal?: { value?: unknown } } | null | undefined} */ (node);
  const found = value?.value ?? value?.literal?.value;
  return typeof found === 'string' ? found : undefined;
}

/** @param {unknown} node @param {(node: AnyNode) => void} visit */
function walk(node, visit) {
  if (Array.isArray(node)) for (const item of node) walk(item, visit);
  else if (node !== null && typeof node === 'object') {
    if ('type' in node && typeof node.type === 'string') visit(/** @type {AnyNode} */ (node));
    for (const value of Object.values(node)) walk(value, visit);
  }
}

// Invented token names: two everyday words, so nothing points at a real person, brand or project.
import type { Random } from './random';

// prettier-ignore
const FIRST = [
  'Lantern', 'Pebble', 'Walrus', 'Biscuit', 'Turnip', 'Marble', 'Saffron', 'Thimble', 'Waffle', 'Acorn', 'Bramble', 'Cobalt',
  'Dumpling', 'Fjord', 'Gherkin', 'Juniper', 'Kettle', 'Lagoon', 'Mango', 'Noodle', 'Pickle', 'Quartz', 'Sprocket', 'Tundra',
  'Velvet', 'Wobbly', 'Yodel', 'Zigzag', 'Copper', 'Drowsy', 'Grumpy', 'Humble', 'Jolly', 'Lucky', 'Mellow', 'Nimble',
  'Plucky', 'Quiet', 'Rusty', 'Silver', 'Tiny', 'Upside', 'Woolly', 'Crimson', 'Frosty', 'Midnight', 'Paper', 'Sleepy',
] as const;
// prettier-ignore
const SECOND = [
  'Otter', 'Badger', 'Heron', 'Teapot', 'Comet', 'Ferret', 'Gecko', 'Hedgehog', 'Kite', 'Lobster', 'Magpie', 'Narwhal',
  'Ostrich', 'Puffin', 'Quokka', 'Raccoon', 'Snail', 'Toad', 'Urchin', 'Vole', 'Wombat', 'Yak', 'Zebra', 'Beetle',
  'Cactus', 'Donkey', 'Falcon', 'Goblin', 'Hamster', 'Iguana', 'Jackal', 'Koala', 'Llama', 'Moose', 'Newt', 'Owl',
  'Potato', 'Radish', 'Spoon', 'Turtle', 'Umbrella', 'Vulture', 'Walnut', 'Yeti', 'Button', 'Cloud', 'Drum', 'Engine',
] as const;
const ODD = ['Käsebrot', '月のうさぎ', '🥔 Spud', 'Ñandú Café', 'حبة رمل', 'Čaj & Med'] as const;
const ODD_NAME_CHANCE = 0.015;

interface TokenName {
  readonly name: string;
  readonly symbol: string;
}

export function inventName(random: Random): TokenName {
  if (random.chance(ODD_NAME_CHANCE)) {
    const name = random.pick(ODD);
    return { name, symbol: [...name.replaceAll(' ', '')].slice(0, 8).join('').toUpperCase() };
  }
  const first = random.pick(FIRST);
  const second = random.pick(SECOND);
  const symbols = [second, first, first.slice(0, 1) + second, second + first.slice(0, 1)];
  return { name: `${first} ${second}`, symbol: random.pick(symbols).toUpperCase() };
}

// What a collector finds stored, given by name; anything else that it asks for fails the test.
import type { ReadAnswer, ReadArgs, ReadName } from '../../src/shared/contract/reads';
import type { CollectContext } from '../../src/main/collectors/collector';

export type StoredAnswers = { readonly [R in ReadName]?: (args: ReadArgs<R>) => ReadAnswer<R> };

export function stored(answers: StoredAnswers): CollectContext['read'] {
  return (name, args) => {
    const answer = answers[name] as ((args: unknown) => unknown) | undefined;
    if (!answer) return Promise.reject(new Error(`the test has no answer to ${name}`));
    return Promise.resolve(answer(args) as ReadAnswer<typeof name>);
  };
}

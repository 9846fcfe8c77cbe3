// What a person can ask of the program about its own surroundings: a diagnosis, its report, and that report as text.
import { writeFile } from 'node:fs/promises';
import {
  type DesktopFacts,
  DIAGNOSTIC_STEPS,
  type DiagnosticReport,
  type DiagnosticStepId,
} from '../../../shared/domain/diagnostics';
import { fail, ok, type Result } from '../../../shared/contract/envelope';
import type { CommandAnswer, CommandArgs } from '../../../shared/contract/commands';
import type { LongWork } from '../../../shared/domain/operation';
import { formatBytes, formatQuantity } from '../../../shared/util/format';
import { writeBundle } from '../../diagnostics/bundle';
import { diagnosticsMarkdown } from '../../diagnostics/markdown';
import { runDiagnostics } from '../../diagnostics/runDiagnostics';
import type { DiagnosticSubject } from '../../diagnostics/step';
import type { CommandHandlers, QueryHandlers } from '../application';
import { bundleParts, cleaner, type DiagnosedProgram, placesToHide } from '../diagnosisBundle';
import type { Engine } from '../engine';
import { type HandlerContext, ordering } from './context';

const NONE_YET = fail('conflict', 'There is no diagnosis yet; run one first.');

/** Keeps the latest report; one diagnosis at a time. */
export class DiagnosticHandlers {
  readonly queries: Pick<QueryHandlers, 'diagnostics.report' | 'diagnostics.markdown'> = {
    'diagnostics.report': () => Promise.resolve(ok(this.#report)),
    'diagnostics.markdown': () => Promise.resolve(ok(this.#report && { text: this.#text(this.#report) })),
  };
  readonly commands: Pick<
    CommandHandlers,
    'diagnostics.run' | 'diagnostics.copy' | 'diagnostics.save' | 'diagnostics.bundle'
  > = {
    'diagnostics.run': ({ steps }) => ordering(this.#context, (engine) => this.#run(engine, steps ?? DIAGNOSTIC_STEPS)),
    'diagnostics.copy': () => Promise.resolve(this.#copy()),
    'diagnostics.save': () => this.#save(),
    'diagnostics.bundle': (args) => ordering(this.#context, (engine) => this.#bundle(engine, args)),
  };
  readonly #context: HandlerContext;
  readonly #program: DiagnosedProgram;
  #report: DiagnosticReport | null = null;

  constructor(context: HandlerContext, program: DiagnosedProgram) {
    this.#context = context;
    this.#program = program;
  }

  #run(engine: Engine, steps: readonly DiagnosticStepId[]): Result<CommandAnswer<'diagnostics.run'>> {
    const plan = { kind: 'diagnostics', subject: 'all', title: 'Diagnosis' } as const;
    const started = this.#context.operations.start(plan, (work) => this.#perform(engine, steps, work));
    return started.ok ? ok({ operationId: started.value.operationId }) : started;
  }

  async #perform(engine: Engine, steps: readonly DiagnosticStepId[], work: LongWork): Promise<string> {
    const before = this.#report;
    const { results } = await runDiagnostics(this.#subject(engine), steps, work, (report) => {
      this.#report = before ? withEarlier(report, before) : report;
    });
    const bad = results.filter(({ verdict }) => verdict === 'problem' || verdict === 'timeout').length;
    const looks = results.filter(({ verdict }) => verdict === 'notice').length;
    if (bad > 0) return `${formatQuantity(bad, 'step')} found a problem.`;
    return looks > 0 ? `Nothing is broken; ${formatQuantity(looks, 'step')} deserve a look.` : 'All is well.';
  }

  #subject({ market, monitor, hosts, place }: Engine): DiagnosticSubject {
    const { clock, ports } = this.#context;
    return {
      ...this.#program,
      ...place,
      market,
      monitor,
      hosts,
      secretsPersist: ports.secrets.isPersistent(),
      desktop: ports.takesNotices ? () => this.#desktop() : null,
      environment: process.env,
      wallMs: () => clock.wallMs(),
      monotonicMs: () => clock.monotonicMs(),
    };
  }

  async #desktop(): Promise<DesktopFacts> {
    const { startup, takesNotices } = this.#context.ports;
    const { tray, atLogin, unavailable } = await startup.get();
    return { tray, notifications: takesNotices?.() ?? false, startsAtLogin: unavailable === null ? atLogin : null };
  }

  #copy(): Result<null> {
    if (!this.#report) return NONE_YET;
    this.#context.ports.copyText(this.#text(this.#report));
    return ok(null);
  }

  async #save(): Promise<Result<CommandAnswer<'diagnostics.save'>>> {
    const report = this.#report;
    if (!report) return NONE_YET;
    const day = new Date(report.startedAtMs).toISOString().slice(0, 10);
    const path = await this.#context.ports.chooseSaveFile(`poolwatch-diagnosis-${day}.md`);
    if (path === null) return ok({ path });
    try {
      await writeFile(path, this.#text(report));
    } catch (error) {
      return fail('unavailable', `The diagnosis could not be written: ${error instanceof Error ? error.message : ''}`);
    }
    return ok({ path });
  }

  /** With a diagnosis of now when there was none yet. */
  async #bundle(
    engine: Engine,
    { path: given }: CommandArgs<'diagnostics.bundle'>,
  ): Promise<Result<CommandAnswer<'diagnostics.bundle'>>> {
    const { clock, operations, ports, settings } = this.#context;
    const atMs = clock.wallMs();
    const suggested = `poolwatch-diagnosis-${new Date(atMs).toISOString().slice(0, 10)}.zip`;
    const path = given ?? (await ports.chooseSaveFile(suggested));
    if (path === null) return ok({ path, bytes: 0 });
    let bytes = 0;
    const plan = { kind: 'export', subject: path, title: 'Bundle for whoever helps' } as const;
    const started = operations.start(plan, async (work) => {
      if (!this.#report) await this.#perform(engine, DIAGNOSTIC_STEPS, work);
      const report = this.#report ? this.#text(this.#report) : '';
      const clean = await cleaner(engine, this.#program, settings(), ports.secrets);
      const parts = await bundleParts(engine, this.#program, settings(), report);
      bytes = await writeBundle({ path, parts, clean, atMs }, work);
      return `${formatBytes(bytes)} were written to ${path}.`;
    });
    if (!started.ok) return started;
    const { state, detail } = await started.value.ended;
    if (state !== 'done') return fail('unavailable', `Nothing was written: ${detail ?? state}`);
    return ok({ path, bytes });
  }

  #text(report: DiagnosticReport): string {
    return diagnosticsMarkdown(report, placesToHide(this.#program.rootDir));
  }
}

/** Looking again at one step leaves what was found about the others in its place. */
function withEarlier(report: DiagnosticReport, before: DiagnosticReport): DiagnosticReport {
  const kept = before.results.filter(({ step }) => !report.asked.includes(step));
  const known = [...report.results, ...kept];
  return {
    ...report,
    asked: DIAGNOSTIC_STEPS.filter((id) => report.asked.includes(id) || before.asked.includes(id)),
    results: DIAGNOSTIC_STEPS.flatMap((id) => known.find(({ step }) => step === id) ?? []),
  };
}

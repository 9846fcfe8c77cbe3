// What a person can ask and order about alerts: incidents, silences, rules and the inbox.
import { ok } from '../../../shared/contract/envelope';
import type { CommandHandlers, QueryHandlers } from '../application';
import { type HandlerContext, ordering, reading } from './context';

type AlertQuery = 'incidents.list' | 'incidents.get' | 'rules.list' | 'rules.backTest' | 'inbox.list';
type AlertCommand =
  | 'incident.ack'
  | 'incident.unack'
  | 'incident.snooze'
  | 'silence.start'
  | 'silence.end'
  | 'rule.save'
  | 'rule.reset'
  | 'rule.remove'
  | 'inbox.seen';

export function alertQueries(context: HandlerContext): Pick<QueryHandlers, AlertQuery> {
  return {
    'incidents.list': (args) => reading(context, async ({ alerts }) => ({ incidents: await alerts.incidents(args) })),
    'incidents.get': ({ incidentId }) => reading(context, ({ alerts }) => alerts.details(incidentId)),
    'rules.list': () => reading(context, ({ alerts }) => Promise.resolve({ rules: alerts.ruleEntries() })),
    'rules.backTest': ({ rule, fromMs, toMs }) => reading(context, ({ alerts }) => alerts.backTest(rule, fromMs, toMs)),
    'inbox.list': ({ beforeMs, limit }) =>
      reading(context, async ({ alerts }) => ({ notices: await alerts.inbox(beforeMs, limit) })),
  };
}

export function alertCommands(context: HandlerContext): Pick<CommandHandlers, AlertCommand> {
  return {
    'incident.ack': ({ incidentId, note }) => ordering(context, ({ alerts }) => alerts.ack(incidentId, note)),
    'incident.unack': ({ incidentId }) => ordering(context, ({ alerts }) => alerts.unack(incidentId)),
    'incident.snooze': ({ incidentId, until }) => ordering(context, ({ alerts }) => alerts.snooze(incidentId, until)),
    'silence.start': (args) => ordering(context, ({ alerts }) => alerts.silence(args)),
    'silence.end': ({ id }) => ordering(context, ({ alerts }) => alerts.endSilence(id)),
    'rule.save': ({ rule }) => ordering(context, ({ alerts }) => alerts.saveRule(rule)),
    'rule.reset': ({ ruleId }) => ordering(context, ({ alerts }) => alerts.resetRule(ruleId)),
    'rule.remove': ({ ruleId }) => ordering(context, ({ alerts }) => alerts.removeRule(ruleId)),
    'inbox.seen': ({ untilMs }) =>
      ordering(context, ({ alerts }) => {
        alerts.seen(untilMs);
        return ok(null);
      }),
  };
}

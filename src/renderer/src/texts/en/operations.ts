// In English: long operations.
export const operations = {
  label: 'Operations',
  stopping: 'Stopping',
  callOff: 'Call off',
  callOffOne: 'Call off: {{title}}',
  goesOn: '“{{title}}” goes on',
  stoppingAtEnd: 'stopping at the end of the present step',
  starting: 'starting',
  doneOf: '{{done}} of {{total}}',
  ended: {
    done: 'Done after {{duration}}, {{age}}.',
    failed: 'Failed after {{duration}}, {{age}}.',
    cancelled: 'Called off after {{duration}}, {{age}}.',
  },
  amount: { rows: '{{amount}} rows', pages: '{{amount}} pages', calls: '{{amount}} calls', files: '{{amount}} files' },
} as const;

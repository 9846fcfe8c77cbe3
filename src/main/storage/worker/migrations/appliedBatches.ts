// The memory of stored batches: written in the batch's own transaction, it makes a repeated batch count once.

export const APPLIED_BATCHES_SQL = `
  CREATE TABLE applied_batches (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    inserted INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    rejected TEXT
  ) STRICT;
`;

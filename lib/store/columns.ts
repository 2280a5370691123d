export type ColumnType = 'integer' | 'bigint' | 'text' | 'boolean' | 'bytes' | 'digest';
export type Columns = Readonly<Record<string, ColumnType>>;

export const usage = {
  input_tokens: 'bigint',
  cached_input_tokens: 'bigint',
  output_tokens: 'bigint',
  reasoning_output_tokens: 'bigint',
  total_tokens: 'bigint',
} as const;

/** The parts of a turn's duration. Together they are all of it. */
export const anatomy = {
  before_first_sampling_ms: 'bigint',
  sampling_ms: 'bigint',
  compaction_ms: 'bigint',
  between_sampling_overhead_ms: 'bigint',
  tool_blocking_ms: 'bigint',
  after_last_sampling_ms: 'bigint',
} as const;

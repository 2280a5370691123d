/** The reason why packed bytes cannot be unpacked, or no further. */
export type UnpackFailureCode =
  | 'damaged_compression'
  | 'sqlite_database'
  | 'damaged_archive'
  | 'unsupported_archive'
  | 'packed_too_deep'
  | 'unpacked_too_large'
  | 'compression_ratio_too_high'
  | 'too_many_entries'
  | 'not_sent';

/** Thrown when unpacking must end. Everything before it was good and is already returned. `message` says what to do. */
export class UnpackFailure extends Error {
  readonly code: UnpackFailureCode;

  constructor(code: UnpackFailureCode, message: string) {
    super(message);
    this.name = 'UnpackFailure';
    this.code = code;
  }
}

/** Why packed bytes cannot be unpacked, or not any further. */
export type UnpackFailureCode =
  | 'damaged_compression'
  | 'sqlite_database'
  | 'damaged_archive'
  | 'unsupported_archive'
  | 'packed_too_deep'
  | 'unpacked_too_large'
  | 'compression_ratio_too_high'
  | 'too_many_entries';

/** Thrown when unpacking must end. What came before it was good and has been handed on. `message` says what to do. */
export class UnpackFailure extends Error {
  readonly code: UnpackFailureCode;

  constructor(code: UnpackFailureCode, message: string) {
    super(message);
    this.name = 'UnpackFailure';
    this.code = code;
  }
}

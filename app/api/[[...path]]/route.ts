import { answer } from '@/lib/api/answer.ts';

export {
  answer as GET, answer as HEAD, answer as POST, answer as PUT, answer as PATCH, answer as DELETE, answer as OPTIONS,
};

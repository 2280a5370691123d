import type { ComponentProps } from 'react';
import classes from './button.module.css';

type Look = { readonly look?: 'plain' | 'primary' | 'danger' };

export function Button({ look = 'plain', ...props }: ComponentProps<'button'> & Look) {
  return <button type="button" {...props} className={classes.button} data-look={look} />;
}

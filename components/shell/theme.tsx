'use client';

import { createTheme, MantineProvider, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import type { ReactNode } from 'react';

const resin: MantineColorsTuple = [
  '#fbf3e4',
  '#f4e8d3',
  '#eed2a4',
  '#e8be7f',
  '#e4aa5e',
  '#c98a38',
  '#a8691c',
  '#8a4f08',
  '#6e3f06',
  '#523004',
];

const theme = createTheme({
  colors: { resin },
  primaryColor: 'resin',
  primaryShade: { light: 7, dark: 4 },
  defaultRadius: 4,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  components: {
    // Mantine's scroll lock writes a style sheet, which the content security policy refuses.
    Drawer: { defaultProps: { lockScroll: false } },
    Modal: { defaultProps: { lockScroll: false } },
  },
});

/** Mantine's parts take the colours of `app/theme.css`. */
const shared = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-mute)',
  '--mantine-color-placeholder': 'var(--ink-mute)',
  '--mantine-color-default': 'var(--paper-raised)',
  '--mantine-color-default-hover': 'var(--paper-sunken)',
  '--mantine-color-default-border': 'var(--hairline-strong)',
  '--mantine-color-error': 'var(--tone-failure)',
};
const resolver: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });

export function Theme({ nonce, children }: { readonly nonce: string | undefined; readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolver}
      defaultColorScheme="auto"
      {...(nonce === undefined ? {} : { getStyleNonce: () => nonce })}
    >
      {children}
    </MantineProvider>
  );
}

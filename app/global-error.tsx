'use client';

/** Shows an error when even the frame cannot be made. It has no style sheet of its own. */
export default function GlobalError({ retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <html lang="en">
      <body
        style={{
          fontFamily: 'system-ui, sans-serif',
          maxWidth: '36rem',
          margin: '4rem auto',
          padding: '0 1rem',
          colorScheme: 'light dark',
        }}
      >
        <title>Something went wrong · Dendro</title>
        <main>
          <h1>Something went wrong</h1>
          <p>Dendro could not load this page. Check the server output for details.</p>
          <button type="button" onClick={() => retry()}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}

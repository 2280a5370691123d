import { SampleButton } from '@/components/import/sample-button';
import { ChooseButton } from '@/components/import/choose-button';
import { Rings } from './rings';
import classes from './first-start.module.css';

/** Shows an empty Dendro: what to do, where to get a log, and a sample to try. */
export function FirstStart() {
  return (
    <section className={classes.start} aria-labelledby="first-start">
      <Rings />
      <div className={classes.words}>
        <h2 id="first-start" className={classes.title}>
          No logs yet
        </h2>
        <p className={classes.lead}>
          Drop the folder <code>~/.codex/sessions</code>, or any Codex log, anywhere on this page. Everything stays on
          this machine.
        </p>
        <p className={classes.actions}>
          <ChooseButton />
          <SampleButton />
        </p>
        <h3 className={classes.how}>How to get a log</h3>
        <p>
          Codex saves a rollout file for every thread in <code>~/.codex/sessions</code>, with subagents, turns, tokens,
          completed compactions and guardian verdicts. Dendro stores no message text except a title.
        </p>
        <p>
          Hook runs and failed compactions appear only in analytics events, which Codex posts to{' '}
          <code>{'{chatgpt_base_url}'}/codex/analytics-events/events</code>. To collect them:
        </p>
        <ul aria-label="How to collect analytics events">
          <li>
            Any version: run Codex behind a proxy that ends TLS and saves a HAR file, such as mitmproxy. Set{' '}
            <code>HTTPS_PROXY</code> to the proxy and <code>CODEX_CA_CERTIFICATE</code> to its certificate. The proxy
            and its file contain your login and everything you and the model write: keep both on this machine.
          </li>
          <li>
            0.155.1 and older, or a custom model provider: point <code>chatgpt_base_url</code> in{' '}
            <code>~/.codex/config.toml</code> at an endpoint that writes each request body to a file, one per line. It
            also sees your login. On 0.156.0 or newer without a custom provider, this makes every turn fail.
          </li>
          <li>
            Debug builds: set <code>CODEX_ANALYTICS_EVENTS_CAPTURE_FILE</code> to the file to write events to.
          </li>
        </ul>
        <h3 className={classes.how}>What Dendro reads</h3>
        <ul>
          <li>
            rollouts, <code>rollout-….jsonl</code>, of any version
          </li>
          <li>
            analytics: request bodies, <code>{'{"events": […]}'}</code>, bare events, <code>{'{"event_type": …}'}</code>
            , and the envelopes of a local sink
          </li>
          <li>collector text logs, and HAR files from a browser or proxy</li>
          <li>any of these compressed with gzip or zstd, or in a .zip or .tar</li>
        </ul>
      </div>
    </section>
  );
}

import { SampleButton } from '@/components/import/sample-button';
import { ChooseButton } from '@/components/import/choose-button';
import { Rings } from './rings';
import classes from './first-start.module.css';

/** Dendro without any log: what to do, how to get one, and one to try. */
export function FirstStart() {
  return (
    <section className={classes.start} aria-labelledby="first-start">
      <Rings />
      <div className={classes.words}>
        <h2 id="first-start" className={classes.title}>
          Nothing is imported yet
        </h2>
        <p className={classes.lead}>
          Drop the folder <code>~/.codex/sessions</code>, or any log of Codex, anywhere on this page. It stays on this
          machine.
        </p>
        <p className={classes.actions}>
          <ChooseButton />
          <SampleButton />
        </p>
        <h3 className={classes.how}>How to get a log</h3>
        <p>
          Every version of Codex leaves a rollout of each thread below <code>~/.codex/sessions</code>: threads and
          subagents, turns, tokens, completed compactions and the guardian’s verdicts. Of messages Dendro keeps nothing
          but a title.
        </p>
        <p>
          Only the analytics events tell of hook runs and failed compactions. Codex posts them to{' '}
          <code>{'{chatgpt_base_url}'}/codex/analytics-events/events</code>. How to collect them:
        </p>
        <ul aria-label="How to collect analytics events">
          <li>
            Any version: run Codex behind a proxy that ends TLS and saves a HAR file, such as mitmproxy. Set{' '}
            <code>HTTPS_PROXY</code> to the proxy and <code>CODEX_CA_CERTIFICATE</code> to its certificate. The proxy
            and its file hold your login and all that you and the model write: keep both on this machine.
          </li>
          <li>
            Only 0.155.1 and older, or a model provider of your own: point <code>chatgpt_base_url</code> in{' '}
            <code>~/.codex/config.toml</code> at an endpoint that writes each request body to a file, one a line. It
            sees your login too. With any other Codex of 0.156.0 or newer this makes every turn fail.
          </li>
          <li>
            Debug builds: set <code>CODEX_ANALYTICS_EVENTS_CAPTURE_FILE</code> to a file, and they write the events
            there.
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
          <li>text logs of a collector, and HAR files of a browser or a proxy</li>
          <li>all of these as gzip or zstd, and in a .zip or .tar</li>
        </ul>
      </div>
    </section>
  );
}

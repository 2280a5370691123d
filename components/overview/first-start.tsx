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
        <h2 id="first-start" className={classes.title}>Nothing is imported yet</h2>
        <p className={classes.lead}>Drop an analytics log of Codex anywhere on this page. It stays on this machine.</p>
        <p className={classes.actions}><ChooseButton /><SampleButton /></p>
        <h3 className={classes.how}>How to get a log</h3>
        <p>Codex posts its analytics events to <code>{'{chatgpt_base_url}'}/codex/analytics-events/events</code>. Set <code>chatgpt_base_url</code> in <code>~/.codex/config.toml</code> to a proxy of yours that writes each request body to a file, one a line, and passes it on. Debug builds write the same file by themselves when <code>CODEX_ANALYTICS_EVENTS_CAPTURE_FILE</code> names it.</p>
        <h3 className={classes.how}>What Dendro reads</h3>
        <ul>
          <li>request bodies, <code>{'{"events": […]}'}</code>, one a line or a single one over many lines</li>
          <li>bare events, <code>{'{"event_type": …}'}</code>, one a line</li>
          <li>the envelopes of a local sink</li>
        </ul>
      </div>
    </section>
  );
}

import classes from './first-start.module.css';

const rings = 11;
/** Returns a ring of a trunk: never quite round, and no two grow alike. */
function ring(index: number): string {
  const steps = 48;
  const radius = 9 + index * 8.4;
  const points = Array.from({ length: steps }, (_, step) => {
    const angle = (step / steps) * 2 * Math.PI;
    const wobble =
      1 +
      0.045 * Math.sin(angle * 3 + index * 0.22) +
      0.03 * Math.cos(angle * 2 - index * 0.35) +
      0.012 * Math.sin(angle * 7 + index);
    return `${(110 + radius * wobble * Math.cos(angle)).toFixed(1)} ${(110 + radius * wobble * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join('L')}Z`;
}

/** A cross-section of a trunk, the sign of an empty Dendro. */
export function Rings() {
  return (
    <svg className={classes.rings} viewBox="0 0 220 220" fill="none" aria-hidden="true" focusable="false">
      {Array.from({ length: rings }, (_, index) => (
        <path key={index} d={ring(index)} data-core={index < 2 || undefined} />
      ))}
      <circle cx="110" cy="110" r="2.5" />
    </svg>
  );
}

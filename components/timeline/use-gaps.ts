'use client';

import { useCallback, useMemo, useState } from 'react';
import { gapsToFold, type Span } from './gaps';
import type { Scene } from './scene';
import { timeScale } from './time-scale';

const nowhere: Span = { from: 0, to: 1 };

/** Returns the idle times, folded until the user unfolds one or all of them, and the scale without them. */
export function useGaps(scene: Scene) {
  const [gaps, setGaps] = useState<{ readonly folded: boolean; readonly except: ReadonlySet<number> }>({
    folded: true,
    except: new Set(),
  });
  const idle = useMemo(() => gapsToFold(scene.busy), [scene]);
  const scale = useMemo(
    () => timeScale(scene.span ?? nowhere, gaps.folded ? idle.filter(({ from }) => !gaps.except.has(from)) : []),
    [scene, idle, gaps],
  );
  const unfoldGap = useCallback(
    (gap: Span) => setGaps((now) => ({ ...now, except: new Set(now.except).add(gap.from) })),
    [],
  );
  const toggleGaps = (): void => setGaps((now) => ({ folded: !now.folded, except: new Set() }));
  return { scale, hasGaps: idle.length > 0, folded: gaps.folded, unfoldGap, toggleGaps };
}

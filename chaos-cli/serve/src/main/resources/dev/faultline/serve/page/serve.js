// Puts parts of the page that the server sends in the place of those that are there. Without it the page stands still.
(() => {
  'use strict';
  const address = document.body.dataset.live;
  const state = document.getElementById('connection-state');
  const clock = document.getElementById('clock');
  if (!address || !window.EventSource || !state || !clock) {
    return;
  }
  const PATIENCE = 12000;
  const AGAIN = 5000;
  let source = null;
  let heard = 0;
  let over = false;
  let timer = 0;

  // Told to screen readers, so only when it is another.
  const say = (words, lost) => {
    if (state.textContent !== words) {
      state.textContent = words;
    }
    document.getElementById('connection').classList.toggle('lost', lost);
  };

  // Where the reader is stays: what has the focus, and how far each wide table was scrolled.
  const place = (root) => {
    const all = [...root.querySelectorAll('.scroll, a, summary')];
    return { focus: all.indexOf(document.activeElement), scrolled: all.map((one) => one.scrollLeft) };
  };

  const swap = (html) => {
    const next = new DOMParser().parseFromString(html, 'text/html').body.firstElementChild;
    const old = next && document.getElementById(next.id);
    if (!old || !next.id.startsWith('part-')) {
      return;
    }
    const before = place(old);
    old.replaceWith(next);
    const all = [...next.querySelectorAll('.scroll, a, summary')];
    all.forEach((one, i) => {
      if (before.scrolled[i]) {
        one.scrollLeft = before.scrolled[i];
      }
    });
    if (before.focus >= 0 && all[before.focus]) {
      all[before.focus].focus({ preventScroll: true });
    }
  };

  const open = () => {
    close();
    heard = Date.now();
    source = new EventSource(address);
    const on = (name, act) =>
      source.addEventListener(name, (event) => {
        heard = Date.now();
        act(event.data);
      });
    on('part', swap);
    on('said', (words) => {
      const said = document.getElementById('said');
      if (said && said.textContent !== words) {
        said.textContent = words;
      }
    });
    on('clock', (time) => {
      clock.textContent = time;
      say('Live,', false);
    });
    on('end', (how) => {
      over = true;
      close();
      say(how === 'done' ? 'Ended,' : 'It cannot be read any more; reload the page,', how !== 'done');
    });
    source.onerror = () => {
      say('Connection lost, trying again,', true);
      if (source && source.readyState === EventSource.CLOSED) {
        close();
        timer = window.setTimeout(open, AGAIN);
      }
    };
  };

  const close = () => {
    window.clearTimeout(timer);
    if (source) {
      source.close();
      source = null;
    }
  };

  // A browser has few connections to one server: pages that nobody sees give theirs back.
  document.addEventListener('visibilitychange', () => {
    if (over) {
      return;
    }
    if (document.hidden) {
      close();
      say('Paused,', false);
    } else {
      open();
    }
  });

  window.setInterval(() => {
    if (!over && source && Date.now() - heard > PATIENCE) {
      say('Connection lost, trying again,', true);
      open();
    }
  }, 3000);

  if (document.hidden) {
    say('Paused,', false);
  } else {
    open();
  }
})();

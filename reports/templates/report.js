(() => {
  'use strict';
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const find = document.getElementById('find');
  const found = document.getElementById('found');
  const checks = all('details.check').map((element) => ({ element, section: element.dataset.in, text: null }));
  const off = new Set();

  for (const element of all('.needs-script')) element.hidden = false;

  // Links to sections become toggles: pressed means shown.
  for (const link of all('a[data-toggle]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = link.className;
    button.textContent = link.textContent;
    button.setAttribute('aria-pressed', 'true');
    button.title = 'Show or hide these';
    button.addEventListener('click', () => {
      const section = link.dataset.toggle;
      const shown = off.delete(section) || !off.add(section);
      button.setAttribute('aria-pressed', String(shown));
      apply();
    });
    link.replaceWith(button);
  }

  const words = (check) => {
    if (check.text === null) {
      const reason = check.element.querySelector('.reason');
      const head = check.element.querySelector('summary').textContent;
      const group = check.element.closest('.group').querySelector('h3');
      check.text = [head, reason ? reason.textContent : '', group ? group.textContent : ''].join(' ').toLowerCase();
    }
    return check.text;
  };

  const apply = () => {
    const wanted = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const check of checks) {
      const shown = !off.has(check.section) && wanted.every((word) => words(check).includes(word));
      check.element.hidden = !shown;
      count += shown ? 1 : 0;
    }
    for (const part of all('.group, .verdicts')) part.hidden = !part.querySelector('details.check:not([hidden])');
    found.textContent = wanted.length || off.size ? count + ' of ' + checks.length : '';
  };

  let waiting = 0;
  find.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 80);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && event.target !== find && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      find.focus();
      find.select();
    } else if (event.key === 'Escape' && event.target === find) {
      find.value = '';
      apply();
      find.blur();
    }
  });

  const open = (value) => {
    for (const check of checks) if (!check.element.hidden) check.element.open = value;
  };
  document.getElementById('expand').addEventListener('click', () => open(true));
  document.getElementById('collapse').addEventListener('click', () => open(false));

  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let part = target; part; part = part.parentElement) if (part.tagName === 'DETAILS') part.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  reveal();

  // A check that was opened can be linked to.
  document.addEventListener('click', (event) => {
    const summary = event.target.closest('details.check > summary');
    if (summary) history.replaceState(null, '', '#' + encodeURIComponent(summary.parentElement.id));
  });

  for (const part of all('.curl')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', () => {
      const text = part.querySelector('pre');
      const done = () => {
        button.textContent = 'Copied';
        setTimeout(() => { button.textContent = 'Copy'; }, 1500);
      };
      const select = () => getSelection().selectAllChildren(text);
      if (navigator.clipboard) navigator.clipboard.writeText(text.textContent).then(done, select);
      else select();
    });
    part.prepend(button);
  }

  let printed = [];
  addEventListener('beforeprint', () => {
    printed = all('.verdicts:not(.pass):not(.skip) > .group > details.check:not([open])');
    for (const check of printed) check.open = true;
  });
  addEventListener('afterprint', () => {
    for (const check of printed) check.open = false;
  });
})();

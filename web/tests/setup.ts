import '../kit/tokens/index.css';

// What moves is seen half-way by some runs and not by others.
for (const name of ['--m-fast', '--m-base', '--m-slow']) document.documentElement.style.setProperty(name, '0ms');

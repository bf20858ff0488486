import '../kit/tokens/index.css';
